package org.berth.jobs;

import jakarta.ejb.Stateless;
import java.util.List;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.security.Actor;

/** Jobs, for every interface. Somebody else's job answers like one that does not exist. */
@Stateless
public class Jobs {

    /** Jobs the actor may see, newest first; filters: state, type, site (id). Without steps. */
    public Page<JobView> list(Actor actor, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /** Jobs that are not over, newest first, with steps. */
    public List<JobView> running(Actor actor) {
        throw new UnsupportedOperationException();
    }

    /** One job with its steps. */
    public JobView find(Actor actor, long id) {
        throw new UnsupportedOperationException();
    }

    /** Goes on with a failed job from the step that failed. */
    public JobView retry(Actor actor, long id) {
        throw new UnsupportedOperationException();
    }

    /** Asks a job to stop after its current step and to take back what it did. */
    public JobView cancel(Actor actor, long id) {
        throw new UnsupportedOperationException();
    }
}
