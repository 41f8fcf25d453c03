package org.berth.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.berth.accounts.AccountChange;
import org.berth.accounts.AccountView;
import org.berth.accounts.Accounts;
import org.berth.accounts.Preferences;
import org.berth.web.frame.Address;
import org.berth.web.frame.Frame;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** What people decide about their own account: name, address, language, look, time zone. */
@Named
@RequestScoped
public class AccountBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Accounts accounts;

    @Inject
    private Address address;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    @Inject
    private Frame frame;

    private AccountView account;
    private String displayName;
    private String email;
    private String language;
    private String theme;
    private String timeZone;

    public AccountView getAccount() {
        if (account == null) {
            account = accounts.find(
                    current.actor(), String.valueOf(current.actor().accountId()));
        }
        return account;
    }

    public boolean isTab(String name) {
        return address.getTab().equals(name);
    }

    /** Names of time zones, by region and town. */
    public List<String> getZones() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.equals("UTC")
                        || zone.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
                .sorted()
                .toList();
    }

    /** Keeps everything that the profile's form has. */
    public String save() {
        accounts.update(
                current.actor(),
                current.actor().name(),
                new AccountChange(Optional.of(getDisplayName()), Optional.of(getEmail()), Optional.empty()));
        accounts.prefer(current.actor(), new Preferences(getLanguage(), getTheme(), getTimeZone()));
        frame.remember(getTheme());
        notices.tell(say.text("saved"));
        return Redirect.to("/account");
    }

    public String getDisplayName() {
        return displayName == null ? getAccount().displayName() : displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public String getEmail() {
        return email == null ? getAccount().email().orElse("") : email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getLanguage() {
        return language == null ? getAccount().preferences().language() : language;
    }

    /** Faces hands over an empty choice as null. */
    public void setLanguage(String language) {
        this.language = Objects.requireNonNullElse(language, "");
    }

    public String getTheme() {
        return theme == null ? frame.getThemeChoice() : theme;
    }

    public void setTheme(String theme) {
        this.theme = theme;
    }

    public String getTimeZone() {
        return timeZone == null ? getAccount().preferences().timeZone() : timeZone;
    }

    public void setTimeZone(String timeZone) {
        this.timeZone = Objects.requireNonNullElse(timeZone, "");
    }
}
