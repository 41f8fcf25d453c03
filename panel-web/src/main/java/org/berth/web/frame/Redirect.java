package org.berth.web.frame;

import org.omnifaces.util.Faces;

/** Ends an action by sending the browser to an address of ours, so that reloading repeats nothing. */
public final class Redirect {

    private Redirect() {}

    /** Sends the browser to a path of the panel; returns no outcome, as the page needs none any more. */
    public static String to(String path) {
        Faces.redirect(path);
        return "";
    }
}
