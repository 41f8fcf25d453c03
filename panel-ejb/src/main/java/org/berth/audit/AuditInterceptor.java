package org.berth.audit;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.berth.platform.BerthException;
import org.berth.platform.Denied;
import org.berth.platform.HostFailure;
import org.berth.security.Actor;

/** Writes the entries that {@link Audited} asks for. */
@Audited
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class AuditInterceptor {

    @Inject
    private AuditWriter writer;

    @Inject
    private Instance<Targets> targets;

    @AroundInvoke
    Object watch(InvocationContext call) throws Exception {
        // Asked before it acts: afterwards it may be gone, or the transaction marked for rollback.
        var meant = named(call);
        try {
            var result = call.proceed();
            writer.join(entry(call, meant, result, Result.DONE, ""));
            return result;
        } catch (BerthException expected) {
            // By now the transaction may be marked for rollback, and take no other bean in.
            writer.apart(entry(call, meant, null, resultOf(expected), told(expected)));
            throw expected;
        } catch (RuntimeException bug) {
            writer.apart(entry(call, meant, null, Result.FAILED, bug.getClass().getName()));
            throw bug;
        }
    }

    private static Result resultOf(BerthException expected) {
        if (expected instanceof Denied) {
            return Result.DENIED;
        }
        return expected instanceof HostFailure ? Result.FAILED : Result.REFUSED;
    }

    private static String told(BerthException expected) {
        return expected.problems().stream()
                .map(problem -> (problem.field().isEmpty() ? "" : problem.field() + ": ")
                        + problem.code()
                        + (problem.args().isEmpty() ? "" : " " + problem.args()))
                .collect(Collectors.joining("; "));
    }

    private static NewEntry entry(InvocationContext call, Target meant, Object returned, Result result, String why) {
        var detail = Stream.concat(auditable(call).map(Auditable::auditDetail), Stream.of(why))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        var job = returned instanceof Auditable about ? about.auditJob() : 0;
        return new NewEntry(actor(call), action(call), target(call, meant, returned), result, detail, job);
    }

    private static Actor actor(InvocationContext call) {
        return (Actor) call.getParameters()[0];
    }

    private static String action(InvocationContext call) {
        return call.getMethod().getAnnotation(Audited.class).value();
    }

    private static Target target(InvocationContext call, Target meant, Object returned) {
        return Stream.concat(Stream.of(returned).filter(Auditable.class::isInstance), auditable(call))
                .map(Auditable.class::cast)
                .map(Auditable::auditTarget)
                .findFirst()
                .orElse(meant);
    }

    private static Stream<Auditable> auditable(InvocationContext call) {
        return Stream.of(call.getParameters())
                .filter(Auditable.class::isInstance)
                .map(Auditable.class::cast);
    }

    /** What the marked argument names: by its own name if it is known, else by what was asked for. */
    private Target named(InvocationContext call) {
        var action = action(call);
        var type = action.substring(0, action.indexOf(':'));
        var parameters = call.getMethod().getParameters();
        return IntStream.range(0, parameters.length)
                .filter(index -> parameters[index].isAnnotationPresent(AuditTarget.class))
                .mapToObj(index -> String.valueOf(call.getParameters()[index]))
                .findFirst()
                .map(name -> known(actor(call), type, name).orElseGet(() -> asked(type, name)))
                .orElseGet(() -> new Target(type, 0, ""));
    }

    private Optional<Target> known(Actor actor, String type, String name) {
        return targets.stream()
                .filter(some -> some.type().equals(type))
                .findFirst()
                .flatMap(some -> some.find(actor, name));
    }

    private static Target asked(String type, String name) {
        return new Target(type, name.matches("\\d{1,18}") ? Long.parseLong(name) : 0, name);
    }
}
