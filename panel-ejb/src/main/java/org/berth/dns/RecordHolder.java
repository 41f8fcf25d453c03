package org.berth.dns;

import org.berth.host.VerbCall;
import org.berth.jobs.StepContext;

/**
 * Who has records written, and removed again: a job, or somebody beside jobs.
 *
 * @param name by which the rows know whose a record is
 * @param site number of the site that the host has written down with it, 0 for none
 * @param call how the host is told who calls
 */
public record RecordHolder(String name, long site, VerbCall.Context call) {

    /** A job, whichever of its runs this is: what one has written down another one removes. */
    public static RecordHolder of(StepContext context) {
        return new RecordHolder("job " + context.job().id(), context.job().site(), context.call());
    }
}
