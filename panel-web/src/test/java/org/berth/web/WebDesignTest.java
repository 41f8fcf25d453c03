package org.berth.web;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import java.util.Set;
import org.berth.security.Actor;

/** What the web may know of the services: their boundaries, and nothing behind them. */
@AnalyzeClasses(packages = "org.berth", importOptions = ImportOption.DoNotIncludeTests.class)
class WebDesignTest {

    /** Boundaries' methods without an actor, for those who have none: the front, a watching system, a login. */
    private static final Set<String> FOR_ANYBODY = Set.of("previewHost", "status");

    @ArchTest
    static final ArchRule WEB_HAS_NO_DATABASE = noClasses()
            .that()
            .resideInAPackage("org.berth.web..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EntityManager.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule WEB_CALLS_BOUNDARIES_WITH_AN_ACTOR = noClasses()
            .that()
            .resideInAPackage("org.berth.web..")
            .and()
            .resideOutsideOfPackage("org.berth.web.security..")
            .should()
            .callMethodWhere(callsServiceWithoutActor());

    private static DescribedPredicate<JavaMethodCall> callsServiceWithoutActor() {
        return describe("calls a service without saying who asks", call -> {
            var target = call.getTarget();
            return target.getOwner().isAnnotatedWith(Stateless.class) && !hasActorFirst(target);
        });
    }

    private static boolean hasActorFirst(MethodCallTarget target) {
        var parameters = target.getRawParameterTypes();
        return FOR_ANYBODY.contains(target.getName())
                || !parameters.isEmpty() && parameters.get(0).isEquivalentTo(Actor.class);
    }
}
