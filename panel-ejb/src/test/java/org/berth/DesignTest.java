package org.berth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;

/** The rules of docs/architecture.md that the compiler does not know. */
@AnalyzeClasses(packages = "org.berth", importOptions = ImportOption.DoNotIncludeTests.class)
class DesignTest {

    @ArchTest
    static final ArchRule COMPONENTS_HAVE_NO_CYCLES =
            slices().matching("org.berth.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PLATFORM_KNOWS_NO_COMPONENT = noClasses()
            .that()
            .resideInAPackage("org.berth.platform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.berth.accounts..",
                    "org.berth.audit..",
                    "org.berth.certificates..",
                    "org.berth.host..",
                    "org.berth.jobs..",
                    "org.berth.security..",
                    "org.berth.services..",
                    "org.berth.settings..",
                    "org.berth.sites..");

    @ArchTest
    static final ArchRule SERVICES_KNOW_NOTHING_OF_THE_WEB = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.faces..",
                    "jakarta.servlet..",
                    "jakarta.ws.rs..",
                    "org.omnifaces..",
                    "org.primefaces..",
                    "org.berth.web..");

    @ArchTest
    static final ArchRule ONLY_THE_HOST_STARTS_PROCESSES = noClasses()
            .that()
            .resideOutsideOfPackage("org.berth.host..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(ProcessBuilder.class.getName())
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName(Runtime.class.getName());

    @ArchTest
    static final ArchRule ROWS_STAY_IN_THEIR_COMPONENT =
            classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Common|Helper|Manager|Impl)")
            .orShould()
            .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..", "..model..");
}
