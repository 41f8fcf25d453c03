package org.berth.mail;

import java.util.List;
import java.util.function.Predicate;

/**
 * What is to be told of alarms.
 *
 * @param begun since the last mail
 * @param lasting told before, and still there a day later
 * @param over told before, and gone
 */
record News(List<Alarm> begun, List<Alarm> lasting, List<Alarm> over) {

    /** What of it concerns somebody. */
    News of(Predicate<Alarm> concerned) {
        return new News(
                begun.stream().filter(concerned).toList(),
                lasting.stream().filter(concerned).toList(),
                over.stream().filter(concerned).toList());
    }

    boolean isEmpty() {
        return begun.isEmpty() && lasting.isEmpty() && over.isEmpty();
    }
}
