package org.berth.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.berth.accounts.AccountView;
import org.berth.accounts.Preferences;
import org.berth.platform.Denied;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.web.platform.Languages;

/** Who sent the request at hand, and how they want to see the panel. In pages {@code #{current}}. */
@Named("current")
@RequestScoped
public class CurrentActor {

    @Inject
    private HttpServletRequest request;

    /** Whether somebody is logged in, or root asks. */
    public boolean isKnown() {
        return Identity.of(request).isPresent();
    }

    /** The actor that every boundary wants first. */
    public Actor actor() {
        return Identity.of(request).map(Identity::actor).orElseThrow(() -> new Denied(Problem.of("login-required")));
    }

    /** The account as it was when the request began; empty for root and for nobody. */
    public Optional<AccountView> account() {
        return Identity.of(request).flatMap(Identity::account);
    }

    public boolean isAdministrator() {
        return isKnown() && actor().isAdministrator();
    }

    /** The language chosen, else the browser's, else English. */
    public Locale locale() {
        return preferences()
                .map(Preferences::language)
                .filter(language -> !language.isEmpty())
                .map(language -> Languages.of(request, language))
                .orElseGet(() -> Languages.of(request));
    }

    /** For {@code f:view}. */
    public Locale getLocale() {
        return locale();
    }

    /** The zone chosen, else UTC. */
    public ZoneId zone() {
        return preferences()
                .map(Preferences::timeZone)
                .filter(zone -> !zone.isEmpty())
                .map(ZoneId::of)
                .orElse(ZoneOffset.UTC);
    }

    /** {@code system}, {@code light} or {@code dark}. */
    public String theme() {
        return preferences().map(Preferences::theme).orElse("system");
    }

    private Optional<Preferences> preferences() {
        return account().map(AccountView::preferences);
    }
}
