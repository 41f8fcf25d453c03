package org.berth.web.sites;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.berth.services.HostStatus;
import org.berth.sites.Hsts;
import org.berth.sites.SiteChange;
import org.berth.sites.Sites;
import org.berth.sites.TlsChange;
import org.berth.sites.TlsSettings;
import org.berth.web.frame.Address;
import org.berth.web.frame.ConfirmBox;
import org.berth.web.frame.Redirect;
import org.berth.web.security.CurrentActor;

/** The form for how a site leads its visitors to HTTPS. */
@Named
@RequestScoped
public class SiteTlsBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Address address;

    @Inject
    private ConfirmBox confirm;

    @Inject
    private Sites sites;

    @Inject
    private HostStatus host;

    @Inject
    private SitesDetailBacking detail;

    private Boolean forceHttps;
    private String hsts;
    private Boolean http3;

    public boolean isForceHttps() {
        return forceHttps == null ? settings().forceHttps() : forceHttps;
    }

    public void setForceHttps(boolean forceHttps) {
        this.forceHttps = forceHttps;
    }

    public String getHsts() {
        return hsts == null ? settings().hsts().text() : hsts;
    }

    public void setHsts(String hsts) {
        this.hsts = hsts;
    }

    public boolean isHttp3() {
        return http3 == null ? settings().http3() : http3;
    }

    public void setHttp3(boolean http3) {
        this.http3 = http3;
    }

    /** Whether the host could answer over HTTP/3. */
    public boolean isAble() {
        return host.host(current.actor()).http3();
    }

    /** The safe way up, as the API writes it. */
    public List<String> getSteps() {
        return Stream.of(Hsts.values()).map(Hsts::text).toList();
    }

    public String change() {
        var change = new TlsChange(
                Optional.of(isForceHttps()),
                Optional.of(Hsts.of(getHsts())),
                Optional.of(isHttp3()),
                confirm.isTicked());
        var job = sites.update(current.actor(), address.getItem(), SiteChange.of(change));
        return Redirect.to("/jobs/" + job.id());
    }

    private TlsSettings settings() {
        return detail.getSite().tls();
    }
}
