package org.berth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Stateless;
import jakarta.persistence.Entity;
import java.util.stream.Stream;

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

    /** The container's proxies stand outside of the package: at the first call they would end with an error. */
    @ArchTest
    static final ArchRule SESSION_BEANS_SPEAK_OF_PUBLIC_TYPES = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Stateless.class)
            .should(new ArchCondition<JavaMethod>("take and return public types only") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                            .filter(type -> !type.getBaseComponentType().isPrimitive()
                                    && !type.getModifiers().contains(JavaModifier.PUBLIC))
                            .forEach(type -> events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " speaks of " + type.getName())));
                }
            });

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Common|Helper|Manager|Impl)")
            .orShould()
            .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..", "..model..");
}
