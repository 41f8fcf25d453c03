package org.berth.system;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;

/**
 * Another certificate authority than Let's Encrypt's: the one inside the web server Caddy, at work on the lab host. What it
 * issues lives for twelve hours, and it offers no ACME Renewal Information.
 */
final class Caddy implements AutoCloseable {

    private static final String FOLDER = "/run/caddy-authority";
    private static final String UNIT = "caddy-authority.service";
    private static final String NAME = "authority.berth.test";
    private static final String ROOT = FOLDER + "/pki/authorities/local/root.crt";
    private static final String HOSTS = "/etc/hosts";
    private static final int PORT = 9443;

    Caddy() {
        LabHost.run("mkdir", FOLDER);
        LabHost.program("dd", "status=none", "of=" + FOLDER + "/caddy")
                .run(program())
                .orFail();
        LabHost.program("tee", FOLDER + "/Caddyfile")
                .run("""
                {
                  admin off
                  auto_https disable_redirects
                  skip_install_trust
                  storage file_system %s
                }
                https://%s:%d {
                  tls internal
                  acme_server
                }
                """.formatted(FOLDER, NAME, PORT))
                .orFail();
        LabHost.run("cp", HOSTS, FOLDER + "/hosts");
        leadsHere(NAME);
        LabHost.shell("chmod 755 " + FOLDER + "/caddy && systemd-run --quiet --unit=" + UNIT + " --setenv=HOME="
                        + FOLDER + " " + FOLDER + "/caddy run --config " + FOLDER + "/Caddyfile --adapter caddyfile")
                .orFail();
        Eventually.holds(
                "the authority answers",
                () -> LabHost.program("curl", "-sf", "--cacert", ROOT, "-o", "/dev/null", directory())
                                .run()
                                .exit()
                        == 0);
    }

    String directory() {
        return "https://" + NAME + ":" + PORT + "/acme/local/directory";
    }

    /** What visitors trust who trust what it issues. */
    X509Certificate root() {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(
                            LabHost.run("cat", ROOT).out().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** Adds it on the host under a name of its own, by the command; the name. */
    String added() {
        var name = Fresh.login("caddy");
        LabHost.berth("authority", "create", name, "--directory", directory(), "--roots-file", ROOT, "--agree-terms")
                .run()
                .orFail();
        return name;
    }

    /** These names, separated by blanks, lead to the host, for the panel and for the authority. */
    static void leadsHere(String names) {
        LabHost.shell("echo '" + LabHost.ip() + " " + names + "' >> " + HOSTS).orFail();
    }

    private static byte[] program() {
        try {
            return Files.readAllBytes(Path.of("/usr/bin/caddy"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    public void close() {
        LabHost.shell("systemctl stop " + UNIT + " && cat " + FOLDER + "/hosts > " + HOSTS + " && rm -rf " + FOLDER)
                .orFail();
    }
}
