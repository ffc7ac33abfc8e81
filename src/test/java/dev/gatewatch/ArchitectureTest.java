package dev.gatewatch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rooms and the arrows between them; a room that is not built yet is allowed to be absent. */
class ArchitectureTest {

    private static final String ROOT = "dev.gatewatch";

    /** Each room with the rooms it may import. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("connection", List.of()),
            Map.entry("log", List.of("connection")),
            Map.entry("gateway", List.of("connection", "log")),
            Map.entry("status", List.of("connection", "gateway", "log")),
            Map.entry("history", List.of("connection", "gateway", "log")),
            Map.entry("metrics", List.of("connection", "gateway", "status", "history")),
            Map.entry("alert", List.of("connection", "gateway", "history", "log")),
            Map.entry("health", List.of("connection", "status", "gateway", "history")),
            Map.entry("api", List.of("connection", "status", "history", "alert", "gateway", "log")),
            Map.entry("bot", List.of("connection", "gateway", "status", "history", "log")),
            Map.entry("page", List.of()),
            Map.entry("terminal", List.of()),
            Map.entry("drill", List.of("simulator")),
            Map.entry("simulator", List.of()));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final JavaClasses ALL = new ClassFileImporter().importPackages(ROOT);

    @Test
    void everyRoomImportsOnlyWhatItMay() {
        ARROWS.forEach((room, allowed) -> check(noClasses()
                .that()
                .resideInAPackage(packageOf(room))
                .and(notGenerated())
                .should()
                .dependOnClassesThat(ofOursOutside(room, allowed))
                .because(room + " may import of ours only " + allowed)));
    }

    @Test
    void everyClassLivesInARoomOneLevelDeep() {
        String[] rooms =
                ARROWS.keySet().stream().map(ArchitectureTest::packageOf).toArray(String[]::new);
        check(classes().that(notGenerated()).should().resideInAnyPackage(append(rooms, ROOT)));
    }

    @Test
    void roomsHaveNoCycles() {
        check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void botAlertTerminalAndSimulatorCanBeDeleted() {
        // alert is read by api, by the design's own table; its absence is api's to survive
        check(noClasses()
                .that(not(resideInAnyPackage(
                                packageOf("bot"), packageOf("terminal"), packageOf("drill"), packageOf("simulator")))
                        .and(not(resideInAPackage(ROOT)))
                        .and(notGenerated()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        packageOf("bot"), packageOf("terminal"), packageOf("drill"), packageOf("simulator")));
    }

    @Test
    void onlyGatewayAndBotSpeakDiscord4JsWire() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packageOf("gateway"), packageOf("bot"))
                .and(notGenerated())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("discord4j.gateway..", "discord4j.rest.."));
    }

    @Test
    void theCoreAndTheSimulatorKnowNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage(packageOf("connection"), packageOf("simulator"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "jakarta..", "discord4j.core..", "discord4j.gateway..", "discord4j.rest.."));
    }

    @Test
    void mainCodeNeverBlocks() {
        List<String> blocking = List.of("block", "blockFirst", "blockLast", "blockOptional");
        check(noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "Reactor's block",
                        call -> blocking.contains(call.getTarget().getName())
                                && call.getTargetOwner().getPackageName().startsWith("reactor."))));
    }

    @Test
    void whatIsLoggedForOperatorsHasAnEventName() {
        List<String> plain = List.of("info", "infof", "infov", "warn", "warnf", "warnv", "error", "errorf", "errorv");
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packageOf("simulator"), packageOf("drill"), packageOf("terminal"))
                .and(notGenerated())
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "a logger's " + plain + " rather than LogEvent",
                        call -> plain.contains(call.getTarget().getName())
                                && call.getTargetOwner().getName().startsWith("org.jboss.logging."))));
    }

    @Test
    void metricsCanBeDeleted() {
        check(noClasses()
                .that(not(resideInAPackage(packageOf("metrics"))).and(notGenerated()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packageOf("metrics")));
    }

    @Test
    void nobodyMocks() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mockito..", "org.easymock..", "org.powermock..")
                .check(ALL);
    }

    @Test
    void noClassNameSaysNothing() {
        for (String ending : List.of("Manager", "Util", "Utils", "Helper", "Impl", "Data", "Info")) {
            check(noClasses().that(notGenerated()).should().haveSimpleNameEndingWith(ending));
        }
    }

    private static DescribedPredicate<JavaClass> ofOursOutside(String room, List<String> allowed) {
        String[] reachable =
                append(allowed.stream().map(ArchitectureTest::packageOf).toArray(String[]::new), packageOf(room));
        DescribedPredicate<JavaClass> outside = resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(reachable)));
        return room.equals("simulator") ? outside.and(not(named("CloseCode", "Recovery"))) : outside;
    }

    private static DescribedPredicate<JavaClass> named(String... simpleNames) {
        return DescribedPredicate.describe("named " + Arrays.toString(simpleNames), type -> List.of(simpleNames)
                .contains(type.getSimpleName()));
    }

    /** Quarkus generates proxies and clients beside our classes, with names we do not choose. */
    private static DescribedPredicate<JavaClass> notGenerated() {
        return DescribedPredicate.describe(
                "written by hand", type -> !type.getName().contains("_"));
    }

    private static String packageOf(String room) {
        return ROOT + "." + room;
    }

    private static String[] append(String[] values, String last) {
        String[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = last;
        return longer;
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }
}
