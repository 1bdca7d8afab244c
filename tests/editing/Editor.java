import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.formats.RDFXMLDocumentFormat;
import org.semanticweb.owlapi.formats.TurtleDocumentFormat;
import org.semanticweb.owlapi.formats.FunctionalSyntaxDocumentFormat;
import org.semanticweb.owlapi.formats.OWLXMLDocumentFormat;
import org.semanticweb.owlapi.formats.ManchesterSyntaxDocumentFormat;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.util.OWLEntityRemover;
import org.semanticweb.owlapi.util.OWLEntityRenamer;
import org.semanticweb.owlapi.vocab.OWLRDFVocabulary;

/**
 * Edits an ontology file as a person does in Protégé, by the OWL API's own refactorings, and saves it anew.
 *
 * Each line of standard input is a job, IN SCRIPT OUT FORMAT, answered by a line when OUT is saved. Each line of SCRIPT is an
 * edit. The parts of a line are parted by tabs.
 */
public class Editor {
    private static final String SKOS_ALT = "http://www.w3.org/2004/02/skos/core#altLabel";
    private static OWLOntologyManager manager;
    private static OWLDataFactory data;
    private static OWLOntology ontology;

    public static void main(String[] args) throws Exception {
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String job = jobs.readLine(); job != null; job = jobs.readLine()) {
            carryOut(job.split("\t"));
            System.out.println("saved");
        }
    }

    private static void carryOut(String[] args) throws Exception {
        manager = OWLManager.createConcurrentOWLOntologyManager();
        data = manager.getOWLDataFactory();
        ontology = manager.loadOntologyFromOntologyDocument(new File(args[0]));
        for (String line : Files.readAllLines(Path.of(args[1]))) {
            if (!line.isBlank()) edit(line.split("\t", -1));
        }
        manager.saveOntology(ontology, format(args[3]), IRI.create(new File(args[2])));
    }

    private static OWLDocumentFormat format(String name) {
        OWLDocumentFormat made = switch (name) {
            case "ttl" -> new TurtleDocumentFormat();
            case "ofn" -> new FunctionalSyntaxDocumentFormat();
            case "owx" -> new OWLXMLDocumentFormat();
            case "omn" -> new ManchesterSyntaxDocumentFormat();
            default -> new RDFXMLDocumentFormat();
        };
        // As Protégé does: the prefixes of the file go on, with others of its own.
        if (manager.getOntologyFormat(ontology) != null && manager.getOntologyFormat(ontology).isPrefixOWLOntologyFormat() && made.isPrefixOWLOntologyFormat()) {
            made.asPrefixOWLOntologyFormat().copyPrefixesFrom(manager.getOntologyFormat(ontology).asPrefixOWLOntologyFormat());
            made.asPrefixOWLOntologyFormat().setPrefix("mine", "http://example.org/mine#");
        }
        return made;
    }

    private static void edit(String[] part) {
        switch (part[0]) {
            case "label" -> { // thing, language, text: the label in that language is another
                IRI thing = IRI.create(part[1]);
                for (OWLAnnotationAssertionAxiom axiom : Set.copyOf(ontology.getAnnotationAssertionAxioms(thing))) {
                    boolean old = axiom.getProperty().isLabel() && axiom.getValue() instanceof OWLLiteral text && text.getLang().equals(part[2]);
                    if (old) manager.removeAxiom(ontology, axiom);
                }
                if (!part[3].isEmpty()) annotate(thing, OWLRDFVocabulary.RDFS_LABEL.getIRI().toString(), data.getOWLLiteral(part[3], part[2]));
            }
            case "alias" -> annotate(IRI.create(part[1]), SKOS_ALT, data.getOWLLiteral(part[3], part[2]));
            case "note" -> annotate(IRI.create(part[1]), part[2], data.getOWLLiteral(part[3]));
            case "type" -> { // thing, class: it is in that class and in no other
                OWLNamedIndividual thing = individual(part[1]);
                for (OWLClassAssertionAxiom axiom : Set.copyOf(ontology.getClassAssertionAxioms(thing))) manager.removeAxiom(ontology, axiom);
                manager.addAxiom(ontology, data.getOWLClassAssertionAxiom(data.getOWLClass(IRI.create(part[2])), thing));
            }
            case "rename" -> manager.applyChanges(new OWLEntityRenamer(manager, Set.of(ontology)).changeIRI(IRI.create(part[1]), IRI.create(part[2])));
            case "same" -> manager.addAxiom(ontology, data.getOWLSameIndividualAxiom(individual(part[1]), individual(part[2])));
            case "delete" -> {
                OWLEntityRemover remover = new OWLEntityRemover(Set.of(ontology));
                individual(part[1]).accept(remover);
                manager.applyChanges(remover.getChanges());
                for (OWLAnnotationAssertionAxiom axiom : Set.copyOf(ontology.getAnnotationAssertionAxioms(IRI.create(part[1])))) manager.removeAxiom(ontology, axiom);
            }
            case "fact" -> manager.addAxiom(ontology, fact(part));
            case "unfact" -> manager.removeAxiom(ontology, fact(part));
            case "number" -> { // thing, property, number: it is another number
                OWLDataProperty property = data.getOWLDataProperty(IRI.create(part[2]));
                OWLNamedIndividual thing = individual(part[1]);
                for (OWLDataPropertyAssertionAxiom axiom : Set.copyOf(ontology.getDataPropertyAssertionAxioms(thing)))
                    if (axiom.getProperty().equals(property)) manager.removeAxiom(ontology, axiom);
                manager.addAxiom(ontology, data.getOWLDataPropertyAssertionAxiom(property, thing, data.getOWLLiteral(part[3], data.getOWLDatatype(IRI.create("http://www.w3.org/2001/XMLSchema#" + part[4])))));
            }
            case "new" -> { // thing, class: an individual as Protégé makes it, without a label
                OWLNamedIndividual thing = individual(part[1]);
                manager.addAxiom(ontology, data.getOWLDeclarationAxiom(thing));
                manager.addAxiom(ontology, data.getOWLClassAssertionAxiom(data.getOWLClass(IRI.create(part[2])), thing));
            }
            case "class" -> {
                OWLClass made = data.getOWLClass(IRI.create(part[1]));
                manager.addAxiom(ontology, data.getOWLDeclarationAxiom(made));
                manager.addAxiom(ontology, data.getOWLSubClassOfAxiom(made, data.getOWLClass(IRI.create(part[2]))));
            }
            case "item" -> { // thing, item or nothing: the Wikidata item that it is
                for (OWLAnnotationAssertionAxiom axiom : Set.copyOf(ontology.getAnnotationAssertionAxioms(IRI.create(part[1]))))
                    if (axiom.getProperty().getIRI().toString().endsWith("exactMatch")) manager.removeAxiom(ontology, axiom);
                if (!part[2].isEmpty()) annotate(IRI.create(part[1]), "http://www.w3.org/2004/02/skos/core#exactMatch", IRI.create(part[2]));
            }
            case "comment" -> { // thing: a comment on the axiom that says what it is
                OWLClassAssertionAxiom axiom = ontology.getClassAssertionAxioms(individual(part[1])).iterator().next();
                manager.removeAxiom(ontology, axiom);
                manager.addAxiom(ontology, axiom.getAnnotatedAxiom(Set.of(data.getOWLAnnotation(data.getRDFSComment(), data.getOWLLiteral(part[2])))));
            }
            default -> throw new IllegalArgumentException(part[0]);
        }
    }

    private static OWLAxiom fact(String[] part) {
        return data.getOWLObjectPropertyAssertionAxiom(data.getOWLObjectProperty(IRI.create(part[2])), individual(part[1]), individual(part[3]));
    }

    private static void annotate(IRI thing, String property, OWLAnnotationValue value) {
        manager.addAxiom(ontology, data.getOWLAnnotationAssertionAxiom(data.getOWLAnnotationProperty(IRI.create(property)), thing, value));
    }

    private static OWLNamedIndividual individual(String iri) {
        return data.getOWLNamedIndividual(IRI.create(iri));
    }
}
