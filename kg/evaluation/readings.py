"""Which classes and roles of the ontology count as the same reading as an annotation's."""

from __future__ import annotations

from collections.abc import Mapping


def _sets(lists: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(others.split()) for name, others in lists.items()}


FACT_CLASSES = _sets(
    {
        "AwardConferral": "AwardCeremony Award",
        "MilitaryOperation": "Incursion Attack Invasion Counteroffensive",
        "Statement": "Announcement StatementEvent Confirmation Thanks Praise EventClaim SpeechAct",
        "Signing": "TreatySigning AgreementSigning",
        "QuantityClaim": "CasualtyClaim Deployment Demining Casualties Killed Wounded Broadcast",
        "Deployment": "TroopDeployment MilitaryUnitFormation",
        "PositionHeld": "HoldsPosition Position Tenure",
        "UnitBelongsTo": "BelongsTo PartOf Membership",
        "NoComment": "Silence",
        "TreatyClause": "Provision",
        "ConstructionPlan": "Plan Construction",
    }
)
FACT_ROLES = _sets(
    {
        "participant": "hasParticipant attendee initiator recipient agent",
        "agent": "initiator participant hasParticipant organizer clearedBy",
        "initiator": "agent participant hasParticipant",
        "organizer": "initiator agent participant hasParticipant",
        "party": "signatory participant hasParticipant initiator",
        "place": "atPlace destination location",
        "award": "confers",
        "agreement": "signed",
        "site": "concernsSite",
        "holder": "person heldBy",
        "of": "organization belongsTo jurisdiction in",
        "unit": "agent",
        "in": "locatedIn",
        "addressee": "recipient",
        "about": "concerns",
        "at": "accreditedTo",
    }
)
EVENT_CLASSES: Mapping[str, str] = {"AwardConferral": "Award", "Sentencing": "Sentence"}
"""What annotations of events call a class of the ontology, where the names differ."""
MEASURED_EVENTS: Mapping[str, str] = {
    "killed": "Death",
    "wounded": "Injury",
    "arrested": "Arrest",
    "deployed": "Deployment",
    "evacuated": "Evacuation",
    "mines_destroyed": "Demining",
    "area_cleared": "Demining",
}
"""The event that a number counts: "12 người thiệt mạng" tells of a Death."""
EVENT_ROLES: Mapping[str, frozenset[str]] = {
    role: frozenset({role, *names.split()})
    for role, names in {
        "participant": "hasParticipant attendee initiator organizer agent party recipient",
        "agent": "hasParticipant initiator organizer adjudicator giver",
        "attacker": "hasParticipant agent initiator",
        "target": "hasParticipant victim recipient",
        "victim": "hasParticipant target ofPopulation",
        "instrument": "artifact",
        "place": "atPlace location destination",
        "origin": "",
        "destination": "atPlace",
        "recipient": "hasParticipant",
        "giver": "hasParticipant agent initiator",
        "buyer": "hasParticipant recipient agent",
        "seller": "hasParticipant giver agent",
        "artifact": "instrument",
        "person": "hasParticipant recipient target victim agent winner heldBy",
        "organization": "concernsOrganization hasParticipant",
        "adjudicator": "hasParticipant agent",
        "defendant": "hasParticipant target",
        "prosecutor": "hasParticipant agent",
        "agreement": "signed",
        "party": "hasParticipant initiator agent",
        "award": "confers",
        "site": "concernsSite",
        "unit": "agent hasParticipant",
        "commemorated": "commemorates",
        "winner": "hasParticipant",
    }.items()
}


def fits(wanted: str, found: str, readings: Mapping[str, frozenset[str]]) -> bool:
    """Whether the ontology's name `found` says what the annotation's name `wanted` says."""
    return found == wanted or found in readings.get(wanted, ())
