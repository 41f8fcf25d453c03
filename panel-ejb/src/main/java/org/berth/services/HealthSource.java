package org.berth.services;

import java.util.List;
import org.berth.platform.Problem;

/** A component that knows of something that somebody should look at: a CDI bean. */
public interface HealthSource {

    /** What is wrong, asked every few seconds at most; reads rows only. */
    List<Problem> reasons();
}
