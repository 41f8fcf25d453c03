package org.berth.web.certificates;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.berth.certificates.CertificateDraft;
import org.berth.certificates.CertificateView;
import org.berth.certificates.Certificates;
import org.berth.certificates.ChallengeKind;
import org.berth.certificates.KeyType;
import org.berth.certificates.SiteCertificateView;
import org.berth.platform.DomainName;
import org.berth.web.frame.Address;
import org.berth.web.frame.ConfirmBox;
import org.berth.web.frame.Redirect;
import org.berth.web.security.CurrentActor;

/** What visitors of a site get over TLS, and the form that gets it a certificate. */
@Named
@RequestScoped
public class SiteCertificateBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Address address;

    @Inject
    private HttpServletRequest request;

    @Inject
    private ConfirmBox confirm;

    @Inject
    private Clock clock;

    @Inject
    private Certificates certificates;

    private SiteCertificateView view;
    private List<String> authorities;
    private String authority;
    private String keyType;
    private String dnsAccess;
    private List<String> proofs;
    private boolean dryRun;
    private Optional<List<String>> leftOut = Optional.empty();
    private Optional<List<String>> wildcards = Optional.empty();

    /** Of boxes that are not ticked a browser sends nothing, so the form says beside them that it has some. */
    @PostConstruct
    void init() {
        if (request.getParameter("chosen") != null) {
            leftOut = Optional.of(ticked("leaveOut"));
            wildcards = Optional.of(ticked("wildcards"));
        }
    }

    private List<String> ticked(String name) {
        return Stream.of(Optional.ofNullable(request.getParameterValues(name)).orElseGet(() -> new String[0]))
                .toList();
    }

    public SiteCertificateView getView() {
        if (view == null) {
            view = certificates.find(current.actor(), address.getItem());
        }
        return view;
    }

    /** Whether it is about the panel itself and not about a site. */
    public boolean isPanel() {
        return getView().siteId() == 0;
    }

    /** Whether what the panel shows has expired. */
    public boolean isShownExpired() {
        return getView()
                .shown()
                .filter(shown -> shown.notAfter().isBefore(clock.instant()))
                .isPresent();
    }

    /** Whether what visitors get has expired. */
    public boolean isExpired() {
        return getView()
                .served()
                .flatMap(CertificateView::notAfter)
                .filter(clock.instant()::isAfter)
                .isPresent();
    }

    /** Names for which visitors are warned. */
    public String getUncovered() {
        return getView().uncovered().stream().map(DomainName::shown).collect(Collectors.joining(", "));
    }

    /** Names of the authorities that can be asked, the default first. */
    public List<String> getAuthorities() {
        if (authorities == null) {
            authorities = certificates.authorities(current.actor(), address.getItem());
        }
        return authorities;
    }

    /** As the verbs and the API write them. */
    public List<String> getKeyTypes() {
        return Stream.of(KeyType.values()).map(KeyType::text).toList();
    }

    /** The one that was asked before, as long as it can be asked. */
    public String getAuthority() {
        if (authority == null) {
            authority = getView()
                    .authority()
                    .filter(getAuthorities()::contains)
                    .or(() -> getAuthorities().stream().findFirst())
                    .orElse("");
        }
        return authority;
    }

    public void setAuthority(String authority) {
        this.authority = authority;
    }

    public String getKeyType() {
        return keyType == null ? getView().keyType().text() : keyType;
    }

    public void setKeyType(String keyType) {
        this.keyType = keyType;
    }

    /** Names of the ways by which records can be written for the site; without one names are proven over HTTP. */
    public List<String> getProofs() {
        if (proofs == null) {
            proofs = certificates.dnsAccesses(current.actor(), address.getItem());
        }
        return proofs;
    }

    /** The one that records are written by, empty for none. */
    public String getDnsAccess() {
        return dnsAccess == null ? getView().dnsAccess().orElse("") : dnsAccess;
    }

    public void setDnsAccess(String dnsAccess) {
        this.dnsAccess = dnsAccess;
    }

    /** Names with a star that somebody may want; below www nobody does, and the panel has one name. */
    public List<String> getPossibleWildcards() {
        return getView().names().stream()
                .filter(name -> !isPanel())
                .filter(name -> !new DomainName(name).isWww())
                .map(name -> "*." + name)
                .toList();
    }

    /** Whether a name with a star is wanted. */
    public boolean isWildcard(String name) {
        return wildcards.orElseGet(() -> getView().wildcards()).contains(name);
    }

    /** Whether a name is left out. */
    public boolean isLeftOut(String name) {
        return leftOut.orElseGet(() -> getView().leftOut()).contains(name);
    }

    /** Who issued a certificate, as people call them: organisation and name out of its X.500 name. */
    public String issuer(CertificateView certificate) {
        var whole = certificate.issuer().orElse("–");
        var organisation = part(whole, "O");
        var name = part(whole, "CN");
        if (organisation.isEmpty() || name.isEmpty()) {
            return organisation.or(() -> name).orElse(whole);
        }
        return organisation.get() + ", " + name.get();
    }

    private static Optional<String> part(String name, String type) {
        try {
            return new LdapName(name)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase(type))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .findFirst();
        } catch (InvalidNameException notX500) {
            return Optional.empty();
        }
    }

    /** Whether visitors keep what they have. */
    public boolean isDryRun() {
        return dryRun;
    }

    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** Starts the job that gets one. */
    public String issue() {
        var draft = new CertificateDraft(
                Optional.of(getAuthority()).filter(name -> !name.isEmpty()),
                Optional.of(KeyType.of(getKeyType())),
                leftOut,
                Optional.of(getDnsAccess().isEmpty() ? ChallengeKind.HTTP_01 : ChallengeKind.DNS_01),
                Optional.of(getDnsAccess()).filter(name -> !name.isEmpty()),
                wildcards,
                dryRun,
                confirm.isTicked());
        var job = certificates.issue(current.actor(), address.getItem(), draft);
        return Redirect.to("/jobs/" + job.id());
    }
}
