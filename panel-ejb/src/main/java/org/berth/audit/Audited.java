package org.berth.audit;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Writes an audit entry for every call of a boundary's method, whose first argument is the actor: done when it returns,
 * refused, denied or failed when it throws. The target is what the result says ({@link Auditable}), else what an
 * argument says, else the argument marked {@link AuditTarget}.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Audited {

    /** {@code domain:action}. */
    @Nonbinding
    String value() default "";
}
