package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.berth.accounts.Accounts;
import org.berth.accounts.Preferences;
import org.berth.web.security.CurrentActor;

/** Language and theme from the top bar: one click, on any page. */
@Named
@RequestScoped
public class PreferenceBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Accounts accounts;

    @Inject
    private Address address;

    @Inject
    private Frame frame;

    /** Chooses a language and shows the page again. */
    public String speak(String language) {
        var known = known();
        return prefer(new Preferences(language, known.theme(), known.timeZone()));
    }

    /** Chooses light, dark, or as the system has it. */
    public String dress(String theme) {
        var known = known();
        frame.remember(theme);
        return prefer(new Preferences(known.language(), theme, known.timeZone()));
    }

    private String prefer(Preferences preferences) {
        accounts.prefer(current.actor(), preferences);
        return Redirect.to(address.getFull());
    }

    private Preferences known() {
        return accounts.find(current.actor(), current.actor().name()).preferences();
    }
}
