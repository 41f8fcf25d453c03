package org.berth.web.frame;

import jakarta.servlet.AsyncContext;
import java.io.IOException;

/** An open page that wants to hear of changes. */
record Listener(AsyncContext line, long accountId, boolean administrator) {

    /** A line that nobody closed ends after this time; the page then opens a new one, if it may still. */
    static final long LASTS_MILLIS = 15 * 60 * 1000L;

    Listener {
        line.setTimeout(LASTS_MILLIS);
    }

    boolean wants(long ownerId) {
        return administrator || accountId == ownerId;
    }

    /** Says something; false when nobody is there any more. */
    synchronized boolean hear(String event) {
        try {
            var writer = line.getResponse().getWriter();
            writer.write(event);
            line.getResponse().flushBuffer();
            return !writer.checkError();
        } catch (IOException | IllegalStateException gone) {
            return false;
        }
    }
}
