package org.berth.dns;

import org.berth.host.Lease;
import org.berth.host.VerbCall;

/** Those who have records written in tests. */
final class Holders {

    private Holders() {}

    /** A job, of the site that has the same number. */
    static RecordHolder job(long id) {
        return new RecordHolder("job " + id, id, new VerbCall.Context(new Lease(id, 1, 1), "record", "alice"));
    }
}
