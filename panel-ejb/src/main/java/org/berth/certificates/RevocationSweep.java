package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.Sweep;

/**
 * Looks on the lists of authorities that do not say when they want certificates renewed, or have not of late, whether they
 * have declared void what sites show. Each list is fetched once, for however many sites.
 */
@ApplicationScoped
class RevocationSweep implements Sweep {

    private static final Logger LOG = Logger.getLogger(RevocationSweep.class.getName());

    /** Below all sites, also below the panel. */
    private static final long BEFORE_ALL = -1;

    @Inject
    private DueCertificates due;

    @Inject
    private RevocationLists lists;

    @Override
    public String name() {
        return "certificate-revocations";
    }

    @Override
    public Duration every() {
        return Duration.ofDays(1);
    }

    @Override
    public Duration after() {
        return Duration.ofMinutes(15);
    }

    /** A list, and who has to have signed it. */
    private record Source(URI address, X509Certificate issuer) {}

    /** Who shows a certificate. */
    private record Shown(long site, long certificate) {}

    @Override
    public void run() {
        var wanted = new HashMap<Source, Map<BigInteger, Shown>>();
        for (var some = due.listable(BEFORE_ALL); !some.isEmpty(); some = due.listable(last(some))) {
            some.forEach(each -> note(each, wanted));
        }
        wanted.forEach(this::look);
    }

    private static long last(List<DueCertificates.Listable> some) {
        return some.get(some.size() - 1).site();
    }

    private static void note(DueCertificates.Listable shown, Map<Source, Map<BigInteger, Shown>> wanted) {
        try {
            var chain = IssuedCertificate.ofPem(shown.chain()).chain();
            if (chain.size() > 1) {
                RevocationLists.address(chain.get(0))
                        .ifPresent(address -> wanted.computeIfAbsent(
                                        new Source(address, chain.get(1)), any -> new HashMap<>())
                                .put(chain.get(0).getSerialNumber(), new Shown(shown.site(), shown.id())));
            }
        } catch (RuntimeException unreadable) {
            LOG.log(Level.WARNING, "the certificate of site " + shown.site() + " cannot be read", unreadable);
        }
    }

    private void look(Source source, Map<BigInteger, Shown> shown) {
        try {
            lists.revoked(source.address(), source.issuer(), shown.keySet())
                    .forEach(serial -> replace(shown.get(serial)));
        } catch (IOException | RuntimeException unknown) {
            LOG.log(Level.INFO, "what " + source.address() + " has revoked is looked at tomorrow", unknown);
        }
    }

    private void replace(Shown shown) {
        try {
            due.revoked(shown.site(), shown.certificate());
            LOG.warning(() -> "the authority has revoked the certificate of site " + shown.site() + ": it is replaced");
        } catch (RuntimeException changed) {
            LOG.log(
                    Level.INFO,
                    "that the certificate of site " + shown.site() + " is revoked is seen to later",
                    changed);
        }
    }
}
