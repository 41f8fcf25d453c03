package org.berth.web.services;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.berth.services.HostTls;
import org.berth.services.TlsChoice;
import org.berth.services.TlsProfile;
import org.berth.web.frame.ConfirmBox;
import org.berth.web.frame.Redirect;
import org.berth.web.security.CurrentActor;

/** The form for what all sites take of TLS. */
@Named
@RequestScoped
public class TlsBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private ConfirmBox confirm;

    @Inject
    private HostTls tls;

    private TlsProfile served;

    /** What visitors get now. */
    public String getServed() {
        if (served == null) {
            served = tls.profile(current.actor());
        }
        return served.text();
    }

    /** What is ticked: what was, if it was refused, else what is. */
    public String getProfile() {
        return Optional.ofNullable(request.getParameter("profile")).orElseGet(this::getServed);
    }

    public List<String> getProfiles() {
        return Stream.of(TlsProfile.values()).map(TlsProfile::text).toList();
    }

    public String choose() {
        var choice = new TlsChoice(TlsProfile.of(getProfile()), confirm.isTicked());
        return Redirect.to("/jobs/" + tls.choose(current.actor(), choice).id());
    }
}
