"""The terms of the ontology as constants. Written by `kg terms` from ontology/*.ttl: do not edit."""

# ruff: noqa: N816 - terms keep the spelling that they have in the ontology

from __future__ import annotations

from pyoxigraph import NamedNode

NAMESPACE = "https://w3id.org/newskg/ontology#"

AUD = NamedNode("https://w3id.org/newskg/ontology#AUD")
"""The currency of Australia."""
Accident = NamedNode("https://w3id.org/newskg/ontology#Accident")
"""A crash, fire, collapse, explosion or similar mishap."""
Acquittal = NamedNode("https://w3id.org/newskg/ontology#Acquittal")
"""A court finds someone not guilty."""
Agent = NamedNode("https://w3id.org/newskg/ontology#Agent")
"""An entity that can act or make a claim."""
Agreement = NamedNode("https://w3id.org/newskg/ontology#Agreement")
"""A treaty or another agreement between parties."""
Appeal = NamedNode("https://w3id.org/newskg/ontology#Appeal")
"""A decision of a court is taken to a higher one."""
Appointment = NamedNode("https://w3id.org/newskg/ontology#Appointment")
"""Someone is appointed to an office or takes it up."""
Arrest = NamedNode("https://w3id.org/newskg/ontology#Arrest")
"""Someone is seized or detained by an authority."""
Article = NamedNode("https://w3id.org/newskg/ontology#Article")
"""A news article that was read to build the graph."""
Attack = NamedNode("https://w3id.org/newskg/ontology#Attack")
"""Someone uses violence, or a cyber intrusion, against a target."""
AttributionDrift = NamedNode("https://w3id.org/newskg/ontology#AttributionDrift")
"""Later articles attribute one fact or number to another source, or to none."""
Award = NamedNode("https://w3id.org/newskg/ontology#Award")
"""An honour, medal or prize that can be given."""
AwardConferral = NamedNode("https://w3id.org/newskg/ontology#AwardConferral")
"""Someone gives an award to someone."""
BRL = NamedNode("https://w3id.org/newskg/ontology#BRL")
"""The currency of Brazil."""
Bankruptcy = NamedNode("https://w3id.org/newskg/ontology#Bankruptcy")
"""An organization or a person can no longer pay its debts and says so, or a court does."""
Birth = NamedNode("https://w3id.org/newskg/ontology#Birth")
"""Someone is born."""
Broadcast = NamedNode("https://w3id.org/newskg/ontology#Broadcast")
"""A programme, video or statement is put on air or published as a recording."""
CAD = NamedNode("https://w3id.org/newskg/ontology#CAD")
"""The currency of Canada."""
CHF = NamedNode("https://w3id.org/newskg/ontology#CHF")
"""The currency of Switzerland."""
CNY = NamedNode("https://w3id.org/newskg/ontology#CNY")
"""The currency of China."""
CasualtyQuestion = NamedNode("https://w3id.org/newskg/ontology#CasualtyQuestion")
"""A question how many were killed or wounded or are missing: a reasoner finds them."""
Charge = NamedNode("https://w3id.org/newskg/ontology#Charge")
"""An authority accuses someone formally of a crime."""
City = NamedNode("https://w3id.org/newskg/ontology#City")
"""A city, town or village."""
Claim = NamedNode("https://w3id.org/newskg/ontology#Claim")
"""What a source says, with who says it, where it is written and how firmly it is said."""
CodedValue = NamedNode("https://w3id.org/newskg/ontology#CodedValue")
"""A member of a closed list."""
Commemoration = NamedNode("https://w3id.org/newskg/ontology#Commemoration")
"""People or a past event are publicly remembered."""
Company = NamedNode("https://w3id.org/newskg/ontology#Company")
"""An organization that trades for profit."""
Competition = NamedNode("https://w3id.org/newskg/ontology#Competition")
"""People or teams compete for a win."""
ConstructionPlan = NamedNode("https://w3id.org/newskg/ontology#ConstructionPlan")
"""Someone plans or decides to build a work."""
ContestedQuestion = NamedNode("https://w3id.org/newskg/ontology#ContestedQuestion")
"""A question that a claim answers with which another claim competes: a reasoner finds them."""
Contradiction = NamedNode("https://w3id.org/newskg/ontology#Contradiction")
"""A judgement that claims do not go together, with the claims on its sides."""
Conviction = NamedNode("https://w3id.org/newskg/ontology#Conviction")
"""A court finds someone guilty."""
CopiedPassage = NamedNode("https://w3id.org/newskg/ontology#CopiedPassage")
"""One wording that stands in several articles, word for word or lightly edited."""
Credit = NamedNode("https://w3id.org/newskg/ontology#Credit")
"""An evidence span in a photo credit or byline: it denotes an entity that is no part of the story."""
DateContradiction = NamedNode("https://w3id.org/newskg/ontology#DateContradiction")
"""One occasion is told with times that exclude each other."""
Death = NamedNode("https://w3id.org/newskg/ontology#Death")
"""Someone dies or is killed."""
Demining = NamedNode("https://w3id.org/newskg/ontology#Demining")
"""Mines and unexploded bombs are found and cleared."""
Demonstration = NamedNode("https://w3id.org/newskg/ontology#Demonstration")
"""People gather in public to protest or to support something."""
Denial = NamedNode("https://w3id.org/newskg/ontology#Denial")
"""A claim that something is not so: a reasoner finds them."""
Departure = NamedNode("https://w3id.org/newskg/ontology#Departure")
"""Someone resigns, is dismissed or otherwise leaves an office."""
Deployment = NamedNode("https://w3id.org/newskg/ontology#Deployment")
"""Forces or weapons are sent to or stationed in an area."""
Disaster = NamedNode("https://w3id.org/newskg/ontology#Disaster")
"""A storm, flood, earthquake, epidemic or other calamity strikes."""
Dissolution = NamedNode("https://w3id.org/newskg/ontology#Dissolution")
"""An organization ends or closes."""
Divorce = NamedNode("https://w3id.org/newskg/ontology#Divorce")
"""A couple divorces or separates."""
Document = NamedNode("https://w3id.org/newskg/ontology#Document")
"""A text that was read to build the graph."""
EUR = NamedNode("https://w3id.org/newskg/ontology#EUR")
"""The currency of the euro area."""
Echelon = NamedNode("https://w3id.org/newskg/ontology#Echelon")
"""How large a unit is by its kind."""
Edit = NamedNode("https://w3id.org/newskg/ontology#Edit")
"""A change that a person made to the graph; its IRI also names the graph of the facts that it adds. It stays apart from what articles say and can be dropped without a trace."""
EducationalOrganization = NamedNode("https://w3id.org/newskg/ontology#EducationalOrganization")
"""A school, university or research institute."""
Election = NamedNode("https://w3id.org/newskg/ontology#Election")
"""Voters choose office holders or decide a question."""
Emergency = NamedNode("https://w3id.org/newskg/ontology#Emergency")
"""Harm happens without anyone's intent."""
Encounter = NamedNode("https://w3id.org/newskg/ontology#Encounter")
"""Parties meet or talk with each other."""
EngineerUnit = NamedNode("https://w3id.org/newskg/ontology#EngineerUnit")
"""A military unit whose branch is the engineers: a reasoner finds them, nobody need say so."""
Entity = NamedNode("https://w3id.org/newskg/ontology#Entity")
"""Something that words of an article name or describe."""
EntryIntoForce = NamedNode("https://w3id.org/newskg/ontology#EntryIntoForce")
"""An agreement takes effect, from the time that the situation has. Rules find it as a treaty clause; a person may say more."""
Equipment = NamedNode("https://w3id.org/newskg/ontology#Equipment")
"""A weapon, vehicle, ship, aircraft or product, by model or by its own name."""
Evacuation = NamedNode("https://w3id.org/newskg/ontology#Evacuation")
"""People are moved out of danger."""
Event = NamedNode("https://w3id.org/newskg/ontology#Event")
"""Something that happened, is claimed to have happened, or is planned."""
EventClaim = NamedNode("https://w3id.org/newskg/ontology#EventClaim")
"""A claim that an event, as described, took place, or did not, or will."""
EvidenceSpan = NamedNode("https://w3id.org/newskg/ontology#EvidenceSpan")
"""A stretch of one article, by code-point offsets into its NFC text."""
Exactness = NamedNode("https://w3id.org/newskg/ontology#Exactness")
"""Whether a stated number is exact, approximate or a bound."""
Execution = NamedNode("https://w3id.org/newskg/ontology#Execution")
"""A death sentence is carried out."""
Extradition = NamedNode("https://w3id.org/newskg/ontology#Extradition")
"""Someone is handed over to another state or expelled to it."""
Fine = NamedNode("https://w3id.org/newskg/ontology#Fine")
"""Someone must pay a sum as a punishment."""
Founding = NamedNode("https://w3id.org/newskg/ontology#Founding")
"""An organization is founded."""
GBP = NamedNode("https://w3id.org/newskg/ontology#GBP")
"""The currency of the United Kingdom."""
GeopoliticalEntity = NamedNode("https://w3id.org/newskg/ontology#GeopoliticalEntity")
"""A state, region or city that is a place and also acts, as when a capital stands for its government."""
GovernmentBody = NamedNode("https://w3id.org/newskg/ontology#GovernmentBody")
"""A ministry, parliament, court, police force or other body of a state."""
Groundbreaking = NamedNode("https://w3id.org/newskg/ontology#Groundbreaking")
"""The construction of a work is begun."""
Group = NamedNode("https://w3id.org/newskg/ontology#Group")
"""People who are referred to together without forming an organization."""
HKD = NamedNode("https://w3id.org/newskg/ontology#HKD")
"""The currency of Hong Kong."""
IDR = NamedNode("https://w3id.org/newskg/ontology#IDR")
"""The currency of Indonesia."""
INR = NamedNode("https://w3id.org/newskg/ontology#INR")
"""The currency of India."""
Inauguration = NamedNode("https://w3id.org/newskg/ontology#Inauguration")
"""A finished work is opened."""
IndependentCorroboration = NamedNode("https://w3id.org/newskg/ontology#IndependentCorroboration")
"""A claim that rests on two independent tellings or more, copies of one passage counted once: a reasoner finds them."""
InformationObject = NamedNode("https://w3id.org/newskg/ontology#InformationObject")
"""A text, a recording, a stretch of one, or what one says."""
Injury = NamedNode("https://w3id.org/newskg/ontology#Injury")
"""Someone is hurt."""
IntelligenceAgency = NamedNode("https://w3id.org/newskg/ontology#IntelligenceAgency")
"""A state body that gathers intelligence."""
InternationalOrganization = NamedNode("https://w3id.org/newskg/ontology#InternationalOrganization")
"""An organization whose members are states or national bodies."""
JPY = NamedNode("https://w3id.org/newskg/ontology#JPY")
"""The currency of Japan."""
Judgement = NamedNode("https://w3id.org/newskg/ontology#Judgement")
"""A judgement whether what two names stand for is one thing; it can be overruled, and undone without a trace."""
KHR = NamedNode("https://w3id.org/newskg/ontology#KHR")
"""The currency of Cambodia."""
KRW = NamedNode("https://w3id.org/newskg/ontology#KRW")
"""The currency of South Korea."""
LAK = NamedNode("https://w3id.org/newskg/ontology#LAK")
"""The currency of Laos."""
Launch = NamedNode("https://w3id.org/newskg/ontology#Launch")
"""A missile, satellite, ship, product or programme is launched."""
Lawsuit = NamedNode("https://w3id.org/newskg/ontology#Lawsuit")
"""Someone takes someone else to court."""
LegalProceeding = NamedNode("https://w3id.org/newskg/ontology#LegalProceeding")
"""Police or a court act against someone under the law."""
LifeEvent = NamedNode("https://w3id.org/newskg/ontology#LifeEvent")
"""Something happens to a person as a human being: birth, harm, marriage, death."""
LocatedIn = NamedNode("https://w3id.org/newskg/ontology#LocatedIn")
"""A place or an organization lies within another place."""
MYR = NamedNode("https://w3id.org/newskg/ontology#MYR")
"""The currency of Malaysia."""
Marriage = NamedNode("https://w3id.org/newskg/ontology#Marriage")
"""Two people marry."""
Measure = NamedNode("https://w3id.org/newskg/ontology#Measure")
"""What is counted or measured."""
MediaOrganization = NamedNode("https://w3id.org/newskg/ontology#MediaOrganization")
"""An organization that publishes or broadcasts news."""
Meeting = NamedNode("https://w3id.org/newskg/ontology#Meeting")
"""Parties come together to talk or confer."""
Mention = NamedNode("https://w3id.org/newskg/ontology#Mention")
"""An evidence span whose words denote an entity within the story."""
Merger = NamedNode("https://w3id.org/newskg/ontology#Merger")
"""Organizations become one."""
MilitaryActivity = NamedNode("https://w3id.org/newskg/ontology#MilitaryActivity")
"""Armed forces move, train or fight."""
MilitaryBranch = NamedNode("https://w3id.org/newskg/ontology#MilitaryBranch")
"""What kind of troops a unit has."""
MilitaryExercise = NamedNode("https://w3id.org/newskg/ontology#MilitaryExercise")
"""Forces train together in the field, at sea or in the air."""
MilitaryOperation = NamedNode("https://w3id.org/newskg/ontology#MilitaryOperation")
"""A campaign, offensive, counter-offensive or battle."""
MilitaryOrganization = NamedNode("https://w3id.org/newskg/ontology#MilitaryOrganization")
"""An armed force, a command or an armed group."""
MilitaryUnit = NamedNode("https://w3id.org/newskg/ontology#MilitaryUnit")
"""A unit of an armed or police force with a designation of its own."""
Modality = NamedNode("https://w3id.org/newskg/ontology#Modality")
"""How firmly, and in what sense, a source says something."""
MoneyTransfer = NamedNode("https://w3id.org/newskg/ontology#MoneyTransfer")
"""Money is paid, given, lent or borrowed."""
NGN = NamedNode("https://w3id.org/newskg/ontology#NGN")
"""The currency of Nigeria."""
NamedEvent = NamedNode("https://w3id.org/newskg/ontology#NamedEvent")
"""A war, operation, competition, festival or conference that is known by a name. What claims assert is an Event instead."""
NaturalFeature = NamedNode("https://w3id.org/newskg/ontology#NaturalFeature")
"""A sea, river, mountain, island or continent."""
NoComment = NamedNode("https://w3id.org/newskg/ontology#NoComment")
"""It is stated that an agent has not commented, answered or confirmed; this is no denial."""
Nomination = NamedNode("https://w3id.org/newskg/ontology#Nomination")
"""Someone is put forward for an office."""
Organization = NamedNode("https://w3id.org/newskg/ontology#Organization")
"""A lasting, structured body of people."""
OrganizationChange = NamedNode("https://w3id.org/newskg/ontology#OrganizationChange")
"""An organization begins, ends, joins with another or fails."""
Outbreak = NamedNode("https://w3id.org/newskg/ontology#Outbreak")
"""A disease spreads, or many are poisoned at once."""
OwnershipTransfer = NamedNode("https://w3id.org/newskg/ontology#OwnershipTransfer")
"""Something is bought, sold, given away or taken over."""
Pardon = NamedNode("https://w3id.org/newskg/ontology#Pardon")
"""An authority forgives a punishment or shortens it."""
Person = NamedNode("https://w3id.org/newskg/ontology#Person")
"""One human being."""
PersonnelChange = NamedNode("https://w3id.org/newskg/ontology#PersonnelChange")
"""Someone takes up or leaves an office."""
PhoneCall = NamedNode("https://w3id.org/newskg/ontology#PhoneCall")
"""Two or more parties talk by telephone or video link."""
Place = NamedNode("https://w3id.org/newskg/ontology#Place")
"""A location on Earth."""
PoliticalParty = NamedNode("https://w3id.org/newskg/ontology#PoliticalParty")
"""An organization that seeks or holds political power."""
PositionHeld = NamedNode("https://w3id.org/newskg/ontology#PositionHeld")
"""Someone holds an office or a post."""
Quantity = NamedNode("https://w3id.org/newskg/ontology#Quantity")
"""A number as stated, how exact it is, the interval that it stands for, and its unit."""
QuantityClaim = NamedNode("https://w3id.org/newskg/ontology#QuantityClaim")
"""A claim that answers a how-many question with a quantity."""
Question = NamedNode("https://w3id.org/newskg/ontology#Question")
"""What competing quantity claims answer: one measure of one population, at a place or in an event."""
RUB = NamedNode("https://w3id.org/newskg/ontology#RUB")
"""The currency of Russia."""
Region = NamedNode("https://w3id.org/newskg/ontology#Region")
"""A province, oblast, district or other division of a country."""
Release = NamedNode("https://w3id.org/newskg/ontology#Release")
"""Someone who was held is set free."""
Rescue = NamedNode("https://w3id.org/newskg/ontology#Rescue")
"""People in danger are searched for, saved or given emergency aid."""
SAR = NamedNode("https://w3id.org/newskg/ontology#SAR")
"""The currency of Saudi Arabia."""
SEK = NamedNode("https://w3id.org/newskg/ontology#SEK")
"""The currency of Sweden."""
SGD = NamedNode("https://w3id.org/newskg/ontology#SGD")
"""The currency of Singapore."""
Sanction = NamedNode("https://w3id.org/newskg/ontology#Sanction")
"""An authority restricts trade, travel or assets of a target, or fines it."""
ScopeContradiction = NamedNode("https://w3id.org/newskg/ontology#ScopeContradiction")
"""One number is told of a part and of the whole, or the part has more than the whole."""
Sentencing = NamedNode("https://w3id.org/newskg/ontology#Sentencing")
"""A court sets the punishment of someone."""
Signing = NamedNode("https://w3id.org/newskg/ontology#Signing")
"""Parties sign an agreement, or someone signs a law or decree."""
Site = NamedNode("https://w3id.org/newskg/ontology#Site")
"""A building, monument, base, hospital, bridge or other facility."""
Situation = NamedNode("https://w3id.org/newskg/ontology#Situation")
"""Something that holds for a while and that claims assert, such as an office held."""
SituationClaim = NamedNode("https://w3id.org/newskg/ontology#SituationClaim")
"""A claim that a situation, such as an office held, holds."""
StaleDenial = NamedNode("https://w3id.org/newskg/ontology#StaleDenial")
"""A party is said not to have commented on a matter that it has confirmed or denied."""
State = NamedNode("https://w3id.org/newskg/ontology#State")
"""A country."""
Statement = NamedNode("https://w3id.org/newskg/ontology#Statement")
"""A claim whose content is the words spoken; the evidence holds them."""
StatusContradiction = NamedNode("https://w3id.org/newskg/ontology#StatusContradiction")
"""What came of one thing at one time is told so that both cannot be: opened, and ground broken."""
THB = NamedNode("https://w3id.org/newskg/ontology#THB")
"""The currency of Thailand."""
TWD = NamedNode("https://w3id.org/newskg/ontology#TWD")
"""The currency of Taiwan."""
TimeExtent = NamedNode("https://w3id.org/newskg/ontology#TimeExtent")
"""A possibly imprecise time: EDTF text, and bounds where the year is known."""
Transfer = NamedNode("https://w3id.org/newskg/ontology#Transfer")
"""Money or property passes from one to another."""
Travel = NamedNode("https://w3id.org/newskg/ontology#Travel")
"""Someone or something goes, or is carried, from one place to another."""
TreatyClause = NamedNode("https://w3id.org/newskg/ontology#TreatyClause")
"""An agreement provides for something."""
Trial = NamedNode("https://w3id.org/newskg/ontology#Trial")
"""A court hears a case."""
USD = NamedNode("https://w3id.org/newskg/ontology#USD")
"""The currency of the United States."""
UnitBelongsTo = NamedNode("https://w3id.org/newskg/ontology#UnitBelongsTo")
"""A unit or body belongs to a larger one."""
UnitOfMeasure = NamedNode("https://w3id.org/newskg/ontology#UnitOfMeasure")
"""What one of a number is. Units that the ontology does not list get an identifier of their own in the data."""
UntypedEntity = NamedNode("https://w3id.org/newskg/ontology#UntypedEntity")
"""An entity that is named, but whose kind nothing in the text reveals."""
VND = NamedNode("https://w3id.org/newskg/ontology#VND")
"""The currency of Vietnam."""
ValueContradiction = NamedNode("https://w3id.org/newskg/ontology#ValueContradiction")
"""The numbers that answer one question exclude each other."""
Verdict = NamedNode("https://w3id.org/newskg/ontology#Verdict")
"""What may be judged of two names."""
Visit = NamedNode("https://w3id.org/newskg/ontology#Visit")
"""Someone goes to a place or a host for a while."""
WrittenWork = NamedNode("https://w3id.org/newskg/ontology#WrittenWork")
"""A named law, decree, resolution, report, book or programme that an article mentions."""
about = NamedNode("https://w3id.org/newskg/ontology#about")
"""What the words are about."""
aboutEvent = NamedNode("https://w3id.org/newskg/ontology#aboutEvent")
"""The event in which the question counts or measures."""
accreditedTo = NamedNode("https://w3id.org/newskg/ontology#accreditedTo")
"""The state or body to which an envoy is sent."""
aceType = NamedNode("https://w3id.org/newskg/ontology#aceType")
"""The event type of ACE 2005 (in the spelling of BKEE) that annotators would give to what this class tells."""
addressee = NamedNode("https://w3id.org/newskg/ontology#addressee")
"""To whom the words are directed, as in thanking or urging someone."""
adjudicator = NamedNode("https://w3id.org/newskg/ontology#adjudicator")
"""The court or authority that decides."""
agent = NamedNode("https://w3id.org/newskg/ontology#agent")
"""Who does what the event consists of, or keeps silent."""
agreement = NamedNode("https://w3id.org/newskg/ontology#agreement")
"""The agreement that contains the clause."""
airDefence = NamedNode("https://w3id.org/newskg/ontology#airDefence")
"""Troops who defend against aircraft and missiles."""
airForce = NamedNode("https://w3id.org/newskg/ontology#airForce")
"""Those who fight with aircraft."""
airborne = NamedNode("https://w3id.org/newskg/ontology#airborne")
"""Troops who land by parachute or aircraft."""
amount = NamedNode("https://w3id.org/newskg/ontology#amount")
"""How much money is paid, lost, raised or invested."""
answers = NamedNode("https://w3id.org/newskg/ontology#answers")
"""The question that the quantity answers."""
approximate = NamedNode("https://w3id.org/newskg/ontology#approximate")
"""The true value lies near the number."""
area = NamedNode("https://w3id.org/newskg/ontology#area")
"""How large an area is."""
areaCleared = NamedNode("https://w3id.org/newskg/ontology#areaCleared")
"""How much land was cleared of mines."""
armour = NamedNode("https://w3id.org/newskg/ontology#armour")
"""Troops with tanks."""
arrested = NamedNode("https://w3id.org/newskg/ontology#arrested")
"""How many were arrested or detained."""
artifact = NamedNode("https://w3id.org/newskg/ontology#artifact")
"""What is carried, sent, launched, bought or given, or broadcast."""
artillery = NamedNode("https://w3id.org/newskg/ontology#artillery")
"""Troops with guns and rocket launchers."""
asserted = NamedNode("https://w3id.org/newskg/ontology#asserted")
"""The source says it as a plain fact."""
asserts = NamedNode("https://w3id.org/newskg/ontology#asserts")
"""The event or situation that the claim is about; the modality says in what sense."""
atPlace = NamedNode("https://w3id.org/newskg/ontology#atPlace")
"""Where the event happened or what the question is about took place; an organization stands for its premises."""
attendee = NamedNode("https://w3id.org/newskg/ontology#attendee")
"""Who is present at the event."""
attributedTo = NamedNode("https://w3id.org/newskg/ontology#attributedTo")
"""Who makes the claim, or the written work that states it."""
barrel = NamedNode("https://w3id.org/newskg/ontology#barrel")
"""A unit of volume."""
battalion = NamedNode("https://w3id.org/newskg/ontology#battalion")
"""Several companies, some hundreds of people."""
belongsTo = NamedNode("https://w3id.org/newskg/ontology#belongsTo")
"""The agent is a part of, or subordinate to, the other agent."""
borderGuard = NamedNode("https://w3id.org/newskg/ontology#borderGuard")
"""Those who guard the border."""
branch = NamedNode("https://w3id.org/newskg/ontology#branch")
"""The branch that the unit belongs to, as its name or a person says."""
brigade = NamedNode("https://w3id.org/newskg/ontology#brigade")
"""Several battalions under one command, larger than a regiment as a rule."""
calledThen = NamedNode("https://w3id.org/newskg/ontology#calledThen")
"""What something that the edit speaks of was called when the edit was made, behind its IRI."""
centimetre = NamedNode("https://w3id.org/newskg/ontology#centimetre")
"""A unit of length."""
century = NamedNode("https://w3id.org/newskg/ontology#century")
"""A unit of time."""
characterEncoding = NamedNode("https://w3id.org/newskg/ontology#characterEncoding")
"""The encoding that the bytes of the source were decoded from."""
chemicalDefence = NamedNode("https://w3id.org/newskg/ontology#chemicalDefence")
"""Troops who protect against chemical, biological and nuclear weapons."""
commemorates = NamedNode("https://w3id.org/newskg/ontology#commemorates")
"""The people or the named event that are remembered."""
company = NamedNode("https://w3id.org/newskg/ontology#company")
"""Several platoons, about a hundred people."""
competesWith = NamedNode("https://w3id.org/newskg/ontology#competesWith")
"""Both claims cannot be true: they answer one question with intervals that do not meet, or tell of events that exclude each other."""
concerns = NamedNode("https://w3id.org/newskg/ontology#concerns")
"""The question, event, thing or article that the sides contradict each other about."""
concernsOrganization = NamedNode("https://w3id.org/newskg/ontology#concernsOrganization")
"""The body that is founded, merged, dissolved or bankrupt, or where someone takes up or leaves an office; a state counts."""
concernsSite = NamedNode("https://w3id.org/newskg/ontology#concernsSite")
"""The work that is planned, begun, opened or otherwise concerned; an institution stands for its building."""
conditional = NamedNode("https://w3id.org/newskg/ontology#conditional")
"""It would be so under a condition."""
confers = NamedNode("https://w3id.org/newskg/ontology#confers")
"""The award that is given."""
confidence = NamedNode("https://w3id.org/newskg/ontology#confidence")
"""How sure the extraction is that the text says this, from 0 to 1; it does not rate the source."""
confirmed = NamedNode("https://w3id.org/newskg/ontology#confirmed")
"""The source confirms what others said or asked."""
copyOf = NamedNode("https://w3id.org/newskg/ontology#copyOf")
"""The words are a copied passage, or part of one."""
corps = NamedNode("https://w3id.org/newskg/ontology#corps")
"""Several divisions or brigades."""
corroborates = NamedNode("https://w3id.org/newskg/ontology#corroborates")
"""Both claims, by different sources, agree."""
count = NamedNode("https://w3id.org/newskg/ontology#count")
"""How many there are, where no narrower measure fits."""
cubicMetre = NamedNode("https://w3id.org/newskg/ontology#cubicMetre")
"""A unit of volume."""
day = NamedNode("https://w3id.org/newskg/ontology#day")
"""A unit of time."""
decade = NamedNode("https://w3id.org/newskg/ontology#decade")
"""A unit of time."""
degree = NamedNode("https://w3id.org/newskg/ontology#degree")
"""A degree of an angle, of temperature or of a scale."""
degreeCelsius = NamedNode("https://w3id.org/newskg/ontology#degreeCelsius")
"""A unit of temperature."""
denied = NamedNode("https://w3id.org/newskg/ontology#denied")
"""The source says that it is not so."""
denotedBy = NamedNode("https://w3id.org/newskg/ontology#denotedBy")
"""The entity is what the words of the span refer to."""
denotes = NamedNode("https://w3id.org/newskg/ontology#denotes")
"""The words of the span refer to the entity."""
deployed = NamedNode("https://w3id.org/newskg/ontology#deployed")
"""How many troops, or how many of a kind of equipment, were sent."""
destination = NamedNode("https://w3id.org/newskg/ontology#destination")
"""Where someone or something goes or is sent."""
destroyed = NamedNode("https://w3id.org/newskg/ontology#destroyed")
"""How many things were destroyed or damaged."""
displaced = NamedNode("https://w3id.org/newskg/ontology#displaced")
"""How many lost their homes or had to flee."""
division = NamedNode("https://w3id.org/newskg/ontology#division")
"""Several regiments or brigades, some ten thousand people."""
duration = NamedNode("https://w3id.org/newskg/ontology#duration")
"""How long something lasts."""
earliest = NamedNode("https://w3id.org/newskg/ontology#earliest")
"""The first second that the time may include."""
echelon = NamedNode("https://w3id.org/newskg/ontology#echelon")
"""How large the unit is by its kind, as its name says; how many people it has is a question that claims answer. What it is a part of is said by belongs to."""
editKind = NamedNode("https://w3id.org/newskg/ontology#editKind")
"""What was done, such as rename, retype, merge, delete or add fact."""
editReason = NamedNode("https://w3id.org/newskg/ontology#editReason")
"""Why the edit was made, in the words of whoever made it."""
editedAt = NamedNode("https://w3id.org/newskg/ontology#editedAt")
"""When the edit was taken into the graph."""
editedBy = NamedNode("https://w3id.org/newskg/ontology#editedBy")
"""Who made the edit."""
editedVersion = NamedNode("https://w3id.org/newskg/ontology#editedVersion")
"""The version of the exported graph in which the edit was made, as its header gives it."""
edits = NamedNode("https://w3id.org/newskg/ontology#edits")
"""What the edit is about; it need not be in the graph any more."""
edtf = NamedNode("https://w3id.org/newskg/ontology#edtf")
"""The time in Extended Date/Time Format (ISO 8601-2), such as 2025-04 or XXXX-08-12."""
end = NamedNode("https://w3id.org/newskg/ontology#end")
"""How many code points of the document's NFC text stand before the end of the span."""
engineers = NamedNode("https://w3id.org/newskg/ontology#engineers")
"""Troops who build, bridge and clear mines."""
estimated = NamedNode("https://w3id.org/newskg/ontology#estimated")
"""The source gives it as an estimate."""
evacuated = NamedNode("https://w3id.org/newskg/ontology#evacuated")
"""How many were moved out of danger."""
evidenceFor = NamedNode("https://w3id.org/newskg/ontology#evidenceFor")
"""A claim that was read from these words."""
exact = NamedNode("https://w3id.org/newskg/ontology#exact")
"""The words of the span, as they stand in the document's NFC text."""
exactly = NamedNode("https://w3id.org/newskg/ontology#exactly")
"""The number is meant as it stands."""
exactness = NamedNode("https://w3id.org/newskg/ontology#exactness")
"""Whether the stated number is exact, approximate or a bound."""
extractor = NamedNode("https://w3id.org/newskg/ontology#extractor")
"""The name of the rule or model that found the claim."""
fieldArmy = NamedNode("https://w3id.org/newskg/ontology#fieldArmy")
"""Several corps or divisions."""
firstKnownIn = NamedNode("https://w3id.org/newskg/ontology#firstKnownIn")
"""The earliest dated article that has the passage; it need not have written it."""
fleet = NamedNode("https://w3id.org/newskg/ontology#fleet")
"""Many warships under one command."""
foot = NamedNode("https://w3id.org/newskg/ontology#foot")
"""A unit of length."""
foundBy = NamedNode("https://w3id.org/newskg/ontology#foundBy")
"""A thing that the edit speaks of, its class, and words that tell of it, by which it is found again under another IRI."""
gigabyte = NamedNode("https://w3id.org/newskg/ontology#gigabyte")
"""A unit for an amount of data."""
gigawatt = NamedNode("https://w3id.org/newskg/ontology#gigawatt")
"""A unit of power."""
giver = NamedNode("https://w3id.org/newskg/ontology#giver")
"""Who gives, pays, lends or sells."""
gram = NamedNode("https://w3id.org/newskg/ontology#gram")
"""A unit of mass."""
hasCopy = NamedNode("https://w3id.org/newskg/ontology#hasCopy")
"""Words of an article that are the copied passage, or part of it."""
hasEvidence = NamedNode("https://w3id.org/newskg/ontology#hasEvidence")
"""The words of an article that the claim was read from."""
hasParticipant = NamedNode("https://w3id.org/newskg/ontology#hasParticipant")
"""Someone or something takes part in the event, in whatever part."""
hasSide = NamedNode("https://w3id.org/newskg/ontology#hasSide")
"""A claim that does not go together with another side."""
hasTime = NamedNode("https://w3id.org/newskg/ontology#hasTime")
"""When the event happened, the situation held, the claim was made or the document was published."""
hectare = NamedNode("https://w3id.org/newskg/ontology#hectare")
"""A unit of area."""
heldBy = NamedNode("https://w3id.org/newskg/ontology#heldBy")
"""Who holds the position."""
horsepower = NamedNode("https://w3id.org/newskg/ontology#horsepower")
"""A unit of power."""
hour = NamedNode("https://w3id.org/newskg/ontology#hour")
"""A unit of time."""
inDocument = NamedNode("https://w3id.org/newskg/ontology#inDocument")
"""The document that the span is a stretch of."""
inch = NamedNode("https://w3id.org/newskg/ontology#inch")
"""A unit of length."""
infantry = NamedNode("https://w3id.org/newskg/ontology#infantry")
"""Troops who fight on foot or from vehicles."""
inferredFrom = NamedNode("https://w3id.org/newskg/ontology#inferredFrom")
"""Words that the document's inferred time rests on."""
inferredTime = NamedNode("https://w3id.org/newskg/ontology#inferredTime")
"""When an undated document must have been published, as other documents show, or the year that it leaves out of what it tells; nobody states it."""
inheritedIn = NamedNode("https://w3id.org/newskg/ontology#inheritedIn")
"""The denial was not written for the article: it stands in a passage that other articles have."""
initiator = NamedNode("https://w3id.org/newskg/ontology#initiator")
"""Who starts the event: who calls, sends the troops, opens the operation."""
instrument = NamedNode("https://w3id.org/newskg/ontology#instrument")
"""The weapon, vehicle or other equipment that is used."""
introduces = NamedNode("https://w3id.org/newskg/ontology#introduces")
"""An individual or a class that the edit brings into the graph, on the word of whoever made it."""
judgedBy = NamedNode("https://w3id.org/newskg/ontology#judgedBy")
"""Who judged, where a person did; the rules of the program have no name."""
judgedName = NamedNode("https://w3id.org/newskg/ontology#judgedName")
"""One of the two names, as an article or the gazetteer writes it."""
judges = NamedNode("https://w3id.org/newskg/ontology#judges")
"""The judgement is about a name of this entity; it is one entity where the two names were joined."""
jurisdiction = NamedNode("https://w3id.org/newskg/ontology#jurisdiction")
"""The state or body that the position belongs to."""
killed = NamedNode("https://w3id.org/newskg/ontology#killed")
"""How many died, in combat or otherwise."""
kilogram = NamedNode("https://w3id.org/newskg/ontology#kilogram")
"""A unit of mass."""
kilometre = NamedNode("https://w3id.org/newskg/ontology#kilometre")
"""A unit of length."""
kilometrePerHour = NamedNode("https://w3id.org/newskg/ontology#kilometrePerHour")
"""A unit of speed."""
kilowatt = NamedNode("https://w3id.org/newskg/ontology#kilowatt")
"""A unit of power."""
kilowattHour = NamedNode("https://w3id.org/newskg/ontology#kilowattHour")
"""A unit of energy."""
knot = NamedNode("https://w3id.org/newskg/ontology#knot")
"""A unit of speed."""
knownArticle = NamedNode("https://w3id.org/newskg/ontology#knownArticle")
"""An article on which what is edited rested when the edit was made, by the end of its IRI; others are new evidence."""
language = NamedNode("https://w3id.org/newskg/ontology#language")
"""The language of the document, as a BCP 47 tag such as vi."""
latest = NamedNode("https://w3id.org/newskg/ontology#latest")
"""The last second that the time may include."""
length = NamedNode("https://w3id.org/newskg/ontology#length")
"""How long or how far something is in space."""
lessThan = NamedNode("https://w3id.org/newskg/ontology#lessThan")
"""The true value lies below the number, often not far."""
litre = NamedNode("https://w3id.org/newskg/ontology#litre")
"""A unit of volume."""
locatedIn = NamedNode("https://w3id.org/newskg/ontology#locatedIn")
"""The place lies, or the organization sits, within the other place."""
location = NamedNode("https://w3id.org/newskg/ontology#location")
"""The place or organization that lies within the larger place."""
logistics = NamedNode("https://w3id.org/newskg/ontology#logistics")
"""Troops who supply others."""
lower = NamedNode("https://w3id.org/newskg/ontology#lower")
"""The least value that the stated words stand for."""
mace = NamedNode("https://w3id.org/newskg/ontology#mace")
"""A unit for the mass of gold."""
makesClaim = NamedNode("https://w3id.org/newskg/ontology#makesClaim")
"""A claim that the agent makes or the written work states."""
marines = NamedNode("https://w3id.org/newskg/ontology#marines")
"""Troops who land from the sea."""
measure = NamedNode("https://w3id.org/newskg/ontology#measure")
"""What the question asks to count or measure."""
medical = NamedNode("https://w3id.org/newskg/ontology#medical")
"""Troops who treat the sick and wounded."""
megabyte = NamedNode("https://w3id.org/newskg/ontology#megabyte")
"""A unit for an amount of data."""
megawatt = NamedNode("https://w3id.org/newskg/ontology#megawatt")
"""A unit of power."""
megawattHour = NamedNode("https://w3id.org/newskg/ontology#megawattHour")
"""A unit of energy."""
metre = NamedNode("https://w3id.org/newskg/ontology#metre")
"""A unit of length."""
metrePerSecond = NamedNode("https://w3id.org/newskg/ontology#metrePerSecond")
"""A unit of speed."""
mile = NamedNode("https://w3id.org/newskg/ontology#mile")
"""A unit of length."""
milligram = NamedNode("https://w3id.org/newskg/ontology#milligram")
"""A unit of mass."""
millilitre = NamedNode("https://w3id.org/newskg/ontology#millilitre")
"""A unit of volume."""
millimetre = NamedNode("https://w3id.org/newskg/ontology#millimetre")
"""A unit of length."""
mine = NamedNode("https://w3id.org/newskg/ontology#mine")
"""A mine or another explosive object."""
minesDestroyed = NamedNode("https://w3id.org/newskg/ontology#minesDestroyed")
"""How many mines or explosive objects were destroyed."""
minute = NamedNode("https://w3id.org/newskg/ontology#minute")
"""A unit of time."""
missileForces = NamedNode("https://w3id.org/newskg/ontology#missileForces")
"""Troops with missiles against targets on the ground."""
missing = NamedNode("https://w3id.org/newskg/ontology#missing")
"""How many cannot be found."""
modality = NamedNode("https://w3id.org/newskg/ontology#modality")
"""How firmly, and in what sense, the source says it."""
month = NamedNode("https://w3id.org/newskg/ontology#month")
"""A unit of time."""
moreThan = NamedNode("https://w3id.org/newskg/ontology#moreThan")
"""The true value lies above the number."""
nauticalMile = NamedNode("https://w3id.org/newskg/ontology#nauticalMile")
"""A unit of length."""
navy = NamedNode("https://w3id.org/newskg/ontology#navy")
"""Those who fight at sea."""
night = NamedNode("https://w3id.org/newskg/ontology#night")
"""A unit of time."""
notSameThing = NamedNode("https://w3id.org/newskg/ontology#notSameThing")
"""The two names stand for two things."""
occasion = NamedNode("https://w3id.org/newskg/ontology#occasion")
"""The named event, such as a storm or a war, that this is or is part of."""
ofPopulation = NamedNode("https://w3id.org/newskg/ontology#ofPopulation")
"""Of whom or what the question counts the members, losses or doings."""
organizer = NamedNode("https://w3id.org/newskg/ontology#organizer")
"""Who holds or hosts the event."""
origin = NamedNode("https://w3id.org/newskg/ontology#origin")
"""Where someone or something comes from or is sent from."""
origins = NamedNode("https://w3id.org/newskg/ontology#origins")
"""How many independent tellings the claim rests on: copies of one passage count once, and so does one article."""
outlet = NamedNode("https://w3id.org/newskg/ontology#outlet")
"""The name of who published the document, as it was found."""
participants = NamedNode("https://w3id.org/newskg/ontology#participants")
"""How many take part."""
participatesIn = NamedNode("https://w3id.org/newskg/ontology#participatesIn")
"""The agent or thing takes part in the event."""
party = NamedNode("https://w3id.org/newskg/ontology#party")
"""One of the equal sides of the event, as a signatory is of a signing."""
percent = NamedNode("https://w3id.org/newskg/ontology#percent")
"""One part in a hundred."""
perhapsSameThing = NamedNode("https://w3id.org/newskg/ontology#perhapsSameThing")
"""The two names may stand for one thing, but nothing proves it; they are kept apart."""
person = NamedNode("https://w3id.org/newskg/ontology#person")
"""A human being."""
planned = NamedNode("https://w3id.org/newskg/ontology#planned")
"""It is intended or announced for the future."""
platoon = NamedNode("https://w3id.org/newskg/ontology#platoon")
"""Several squads, some dozens of people."""
ploverCategory = NamedNode("https://w3id.org/newskg/ontology#ploverCategory")
"""The category of the PLOVER event ontology that this class belongs to."""
positionText = NamedNode("https://w3id.org/newskg/ontology#positionText")
"""The name of the position, in the words of the article."""
quantity = NamedNode("https://w3id.org/newskg/ontology#quantity")
"""The quantity that is claimed."""
quarter = NamedNode("https://w3id.org/newskg/ontology#quarter")
"""A unit of time."""
quintal = NamedNode("https://w3id.org/newskg/ontology#quintal")
"""A unit of mass."""
reason = NamedNode("https://w3id.org/newskg/ontology#reason")
"""Why it was judged so, in a short phrase."""
recipient = NamedNode("https://w3id.org/newskg/ontology#recipient")
"""To whom the event is directed: who is called, honoured, visited or appointed."""
regiment = NamedNode("https://w3id.org/newskg/ontology#regiment")
"""Several battalions, one to three thousand people."""
relayedBy = NamedNode("https://w3id.org/newskg/ontology#relayedBy")
"""Who passes on what the source says, without being the source."""
reported = NamedNode("https://w3id.org/newskg/ontology#reported")
"""It is said to be so; the source passes it on without vouching for it."""
sameThing = NamedNode("https://w3id.org/newskg/ontology#sameThing")
"""The two names stand for one thing."""
score = NamedNode("https://w3id.org/newskg/ontology#score")
"""How sure it is that the two are one thing, from 0 to 1; of a user's judgement, how sure the verdict is."""
search = NamedNode("https://w3id.org/newskg/ontology#search")
"""In a query to a server of newskg: the thing is one that the index of names finds by these words; no graph says it of anything."""
second = NamedNode("https://w3id.org/newskg/ontology#second")
"""A unit of time."""
sha256 = NamedNode("https://w3id.org/newskg/ontology#sha256")
"""The SHA-256 of the document's NFC text as UTF-8, in hexadecimal: its identity."""
signals = NamedNode("https://w3id.org/newskg/ontology#signals")
"""Troops for communications."""
signed = NamedNode("https://w3id.org/newskg/ontology#signed")
"""The agreement, law or decree that is signed."""
sourceName = NamedNode("https://w3id.org/newskg/ontology#sourceName")
"""The name of the file that the document was read from."""
specialForces = NamedNode("https://w3id.org/newskg/ontology#specialForces")
"""Troops for raids and other special tasks."""
squad = NamedNode("https://w3id.org/newskg/ontology#squad")
"""The smallest unit, about ten people."""
squadron = NamedNode("https://w3id.org/newskg/ontology#squadron")
"""A unit of aircraft."""
squareKilometre = NamedNode("https://w3id.org/newskg/ontology#squareKilometre")
"""A unit of area."""
squareMetre = NamedNode("https://w3id.org/newskg/ontology#squareMetre")
"""A unit of area."""
standsFor = NamedNode("https://w3id.org/newskg/ontology#standsFor")
"""The words name a capital and mean its state: the state takes the part that they have in what is told, while the place stays what they denote."""
start = NamedNode("https://w3id.org/newskg/ontology#start")
"""How many code points of the document's NFC text stand before the span."""
stated = NamedNode("https://w3id.org/newskg/ontology#stated")
"""The number that the text states, in the unit of measure."""
states = NamedNode("https://w3id.org/newskg/ontology#states")
"""A fact that the edit adds, as a line of N-Triples."""
subEventOf = NamedNode("https://w3id.org/newskg/ontology#subEventOf")
"""The event is a part of the other event."""
tael = NamedNode("https://w3id.org/newskg/ontology#tael")
"""A unit for the mass of gold."""
target = NamedNode("https://w3id.org/newskg/ontology#target")
"""Who or what is attacked, sanctioned, arrested or protested against."""
tenKilograms = NamedNode("https://w3id.org/newskg/ontology#tenKilograms")
"""A unit of mass."""
terabyte = NamedNode("https://w3id.org/newskg/ontology#terabyte")
"""A unit for an amount of data."""
thing = NamedNode("https://w3id.org/newskg/ontology#thing")
"""A thing that is counted one by one."""
toldTime = NamedNode("https://w3id.org/newskg/ontology#toldTime")
"""When, as the claim tells it, the event happens or the situation holds; the accounts of one event may name different days."""
tonne = NamedNode("https://w3id.org/newskg/ontology#tonne")
"""A unit of mass."""
unit = NamedNode("https://w3id.org/newskg/ontology#unit")
"""The unit or body that belongs to the larger one."""
unitNumber = NamedNode("https://w3id.org/newskg/ontology#unitNumber")
"""The number in the unit's designation, in digits."""
unitOfMeasure = NamedNode("https://w3id.org/newskg/ontology#unitOfMeasure")
"""What one of the number is: a hectare, a minute, a person."""
upper = NamedNode("https://w3id.org/newskg/ontology#upper")
"""The greatest value that the stated words stand for."""
url = NamedNode("https://w3id.org/newskg/ontology#url")
"""The web address where the document was published."""
verdict = NamedNode("https://w3id.org/newskg/ontology#verdict")
"""Whether the two are one thing, are not, or perhaps are."""
victim = NamedNode("https://w3id.org/newskg/ontology#victim")
"""Who suffers harm in the event."""
visit = NamedNode("https://w3id.org/newskg/ontology#visit")
"""One arrival of one guest or passenger."""
week = NamedNode("https://w3id.org/newskg/ontology#week")
"""A unit of time."""
whole = NamedNode("https://w3id.org/newskg/ontology#whole")
"""The larger place or body in the situation. The direct links between the two are locatedIn and belongsTo."""
winner = NamedNode("https://w3id.org/newskg/ontology#winner")
"""Who wins the competition or the election."""
withdraws = NamedNode("https://w3id.org/newskg/ontology#withdraws")
"""A fact that the edit rests on and takes away, as a line of N-Triples."""
wounded = NamedNode("https://w3id.org/newskg/ontology#wounded")
"""How many were injured."""
year = NamedNode("https://w3id.org/newskg/ontology#year")
"""A unit of time."""
yearOfAge = NamedNode("https://w3id.org/newskg/ontology#yearOfAge")
"""A year of somebody’s age."""

# Terms of other vocabularies that the ontology uses.
dcterms_created = NamedNode("http://purl.org/dc/terms/created")
dcterms_creator = NamedNode("http://purl.org/dc/terms/creator")
dcterms_description = NamedNode("http://purl.org/dc/terms/description")
dcterms_isReplacedBy = NamedNode("http://purl.org/dc/terms/isReplacedBy")
dcterms_license = NamedNode("http://purl.org/dc/terms/license")
dcterms_title = NamedNode("http://purl.org/dc/terms/title")
owl_AllDifferent = NamedNode("http://www.w3.org/2002/07/owl#AllDifferent")
owl_AllDisjointClasses = NamedNode("http://www.w3.org/2002/07/owl#AllDisjointClasses")
owl_AnnotationProperty = NamedNode("http://www.w3.org/2002/07/owl#AnnotationProperty")
owl_Class = NamedNode("http://www.w3.org/2002/07/owl#Class")
owl_DatatypeProperty = NamedNode("http://www.w3.org/2002/07/owl#DatatypeProperty")
owl_FunctionalProperty = NamedNode("http://www.w3.org/2002/07/owl#FunctionalProperty")
owl_IrreflexiveProperty = NamedNode("http://www.w3.org/2002/07/owl#IrreflexiveProperty")
owl_NamedIndividual = NamedNode("http://www.w3.org/2002/07/owl#NamedIndividual")
owl_ObjectProperty = NamedNode("http://www.w3.org/2002/07/owl#ObjectProperty")
owl_Ontology = NamedNode("http://www.w3.org/2002/07/owl#Ontology")
owl_Restriction = NamedNode("http://www.w3.org/2002/07/owl#Restriction")
owl_SymmetricProperty = NamedNode("http://www.w3.org/2002/07/owl#SymmetricProperty")
owl_TransitiveProperty = NamedNode("http://www.w3.org/2002/07/owl#TransitiveProperty")
owl_backwardCompatibleWith = NamedNode("http://www.w3.org/2002/07/owl#backwardCompatibleWith")
owl_distinctMembers = NamedNode("http://www.w3.org/2002/07/owl#distinctMembers")
owl_equivalentClass = NamedNode("http://www.w3.org/2002/07/owl#equivalentClass")
owl_hasValue = NamedNode("http://www.w3.org/2002/07/owl#hasValue")
owl_intersectionOf = NamedNode("http://www.w3.org/2002/07/owl#intersectionOf")
owl_inverseOf = NamedNode("http://www.w3.org/2002/07/owl#inverseOf")
owl_members = NamedNode("http://www.w3.org/2002/07/owl#members")
owl_onDatatype = NamedNode("http://www.w3.org/2002/07/owl#onDatatype")
owl_onProperty = NamedNode("http://www.w3.org/2002/07/owl#onProperty")
owl_oneOf = NamedNode("http://www.w3.org/2002/07/owl#oneOf")
owl_priorVersion = NamedNode("http://www.w3.org/2002/07/owl#priorVersion")
owl_propertyDisjointWith = NamedNode("http://www.w3.org/2002/07/owl#propertyDisjointWith")
owl_someValuesFrom = NamedNode("http://www.w3.org/2002/07/owl#someValuesFrom")
owl_unionOf = NamedNode("http://www.w3.org/2002/07/owl#unionOf")
owl_versionIRI = NamedNode("http://www.w3.org/2002/07/owl#versionIRI")
owl_versionInfo = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
owl_withRestrictions = NamedNode("http://www.w3.org/2002/07/owl#withRestrictions")
prov_Agent = NamedNode("http://www.w3.org/ns/prov#Agent")
prov_Entity = NamedNode("http://www.w3.org/ns/prov#Entity")
prov_wasAttributedTo = NamedNode("http://www.w3.org/ns/prov#wasAttributedTo")
prov_wasDerivedFrom = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
rdf_first = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
rdf_nil = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")
rdf_rest = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest")
rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
rdfs_Datatype = NamedNode("http://www.w3.org/2000/01/rdf-schema#Datatype")
rdfs_comment = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
rdfs_domain = NamedNode("http://www.w3.org/2000/01/rdf-schema#domain")
rdfs_label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
rdfs_range = NamedNode("http://www.w3.org/2000/01/rdf-schema#range")
rdfs_seeAlso = NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
rdfs_subClassOf = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
rdfs_subPropertyOf = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
schema_sameAs = NamedNode("https://schema.org/sameAs")
sem_Event = NamedNode("http://semanticweb.cs.vu.nl/2009/11/sem/Event")
sem_hasActor = NamedNode("http://semanticweb.cs.vu.nl/2009/11/sem/hasActor")
sem_hasPlace = NamedNode("http://semanticweb.cs.vu.nl/2009/11/sem/hasPlace")
skos_altLabel = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
skos_closeMatch = NamedNode("http://www.w3.org/2004/02/skos/core#closeMatch")
skos_definition = NamedNode("http://www.w3.org/2004/02/skos/core#definition")
skos_exactMatch = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
skos_example = NamedNode("http://www.w3.org/2004/02/skos/core#example")
vann_preferredNamespacePrefix = NamedNode("http://purl.org/vocab/vann/preferredNamespacePrefix")
vann_preferredNamespaceUri = NamedNode("http://purl.org/vocab/vann/preferredNamespaceUri")
xsd_anyURI = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")
xsd_dateTime = NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
xsd_decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
xsd_maxInclusive = NamedNode("http://www.w3.org/2001/XMLSchema#maxInclusive")
xsd_minInclusive = NamedNode("http://www.w3.org/2001/XMLSchema#minInclusive")
xsd_nonNegativeInteger = NamedNode("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
xsd_pattern = NamedNode("http://www.w3.org/2001/XMLSchema#pattern")
xsd_string = NamedNode("http://www.w3.org/2001/XMLSchema#string")
