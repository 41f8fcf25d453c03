package org.berth.audit;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
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

    @AroundInvoke
    Object watch(InvocationContext call) throws Exception {
        try {
            var result = call.proceed();
            writer.join(entry(call, result, Result.DONE, ""));
            return result;
        } catch (BerthException expected) {
            // By now the transaction may be marked for rollback, and take no other bean in.
            writer.apart(entry(call, null, resultOf(expected), told(expected)));
            throw expected;
        } catch (RuntimeException bug) {
            writer.apart(entry(call, null, Result.FAILED, bug.getClass().getName()));
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

    private static NewEntry entry(InvocationContext call, Object returned, Result result, String why) {
        var actor = (Actor) call.getParameters()[0];
        var action = call.getMethod().getAnnotation(Audited.class).value();
        var detail = Stream.concat(auditable(call).map(Auditable::auditDetail), Stream.of(why))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        var job = returned instanceof Auditable about ? about.auditJob() : 0;
        return new NewEntry(actor, action, target(call, returned, action), result, detail, job);
    }

    private static Target target(InvocationContext call, Object returned, String action) {
        return Stream.concat(Stream.of(returned).filter(Auditable.class::isInstance), auditable(call))
                .map(Auditable.class::cast)
                .map(Auditable::auditTarget)
                .findFirst()
                .orElseGet(() -> named(call, action.substring(0, action.indexOf(':'))));
    }

    private static Stream<Auditable> auditable(InvocationContext call) {
        return Stream.of(call.getParameters())
                .filter(Auditable.class::isInstance)
                .map(Auditable.class::cast);
    }

    private static Target named(InvocationContext call, String type) {
        var parameters = call.getMethod().getParameters();
        return IntStream.range(0, parameters.length)
                .filter(index -> parameters[index].isAnnotationPresent(AuditTarget.class))
                .mapToObj(index -> String.valueOf(call.getParameters()[index]))
                .findFirst()
                .map(name -> new Target(type, name.matches("\\d{1,18}") ? Long.parseLong(name) : 0, name))
                .orElseGet(() -> new Target(type, 0, ""));
    }
}
