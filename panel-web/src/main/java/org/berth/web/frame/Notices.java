package org.berth.web.frame;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What the next page tells once: that something was done, or a secret that is never shown again. */
@Named
@SessionScoped
public class Notices implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Something to tell.
     *
     * @param text ready for the reader
     * @param secret shown with a copy button, empty when there is none
     */
    public record Notice(String text, String more, String secret) implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return text;
        }
    }

    private final ArrayList<Notice> waiting = new ArrayList<>();

    /** Tells that something was done. */
    public synchronized void tell(String text) {
        waiting.add(new Notice(text, "", ""));
    }

    /** Shows a secret once. */
    public synchronized void show(String text, String more, String secret) {
        waiting.add(new Notice(text, more, secret));
    }

    /** What is to be told, which is then forgotten. */
    public synchronized List<Notice> take() {
        var notices = List.copyOf(waiting);
        waiting.clear();
        return notices;
    }
}
