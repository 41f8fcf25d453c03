package org.berth.web.platform;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.Providers;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** What Bean Validation refuses is told like any other wrong input. */
@Provider
public class ViolationMapper implements ExceptionMapper<ConstraintViolationException> {

    @Context
    private Providers providers;

    @Override
    public Response toResponse(ConstraintViolationException invalid) {
        var problems = invalid.getConstraintViolations().stream()
                .map(ViolationMapper::problem)
                .toList();
        return providers.getExceptionMapper(InvalidInput.class).toResponse(new InvalidInput(problems));
    }

    private static Problem problem(ConstraintViolation<?> violation) {
        var path = violation.getPropertyPath().toString();
        var field = path.substring(path.lastIndexOf('.') + 1);
        var rule = violation.getConstraintDescriptor().getAnnotation().annotationType();
        var missing = rule == NotNull.class || rule == NotBlank.class;
        return missing
                ? Problem.of("value-missing", field).at(field)
                : Problem.of("value-invalid", field, violation.getMessage()).at(field);
    }
}
