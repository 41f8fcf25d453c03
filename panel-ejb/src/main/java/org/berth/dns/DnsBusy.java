package org.berth.dns;

import org.berth.platform.HostFailure;
import org.berth.platform.Problem;

/** Others need the few values that a DNS access keeps at a time; nobody has to do anything about it. */
public class DnsBusy extends HostFailure {

    DnsBusy(Problem problem) {
        super(problem);
    }
}
