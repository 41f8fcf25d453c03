package org.berth.audit;

import java.time.Instant;
import org.berth.security.Via;

/**
 * One line of the audit.
 *
 * @param actor login, {@code root} or {@code berth}
 * @param address where from; empty when the reader may not know
 * @param action {@code domain:action}
 * @param job id of the job that was started, 0 for none
 */
public record AuditView(
        long id,
        Instant at,
        String actor,
        Via via,
        String address,
        String action,
        Target target,
        Result result,
        String detail,
        long job) {}
