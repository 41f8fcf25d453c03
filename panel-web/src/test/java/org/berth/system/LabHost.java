package org.berth.system;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;

/** The lab host under test, named by the property {@code berth.lab.name}; root's view of it. */
final class LabHost {

    private static final String NAME = System.getProperty("berth.lab.name", "berth");
    private static final Path CHECKOUT = Path.of(System.getProperty("berth.checkout", ".."));
    private static final String IP = lab("ip", NAME).run().orFail().text();

    private LabHost() {}

    static String ip() {
        return IP;
    }

    /** Address of the panel, without a slash at its end. */
    static URI panel() {
        return URI.create("https://" + IP + ":8443");
    }

    /** A program of the host, run there by root. */
    static Command program(String... words) {
        return lab("exec", NAME, "--").with(words);
    }

    static Output run(String... words) {
        return program(words).run().orFail();
    }

    /** A line of shell, for pipes and globs; only with text that the test wrote itself. */
    static Output shell(String line) {
        return program("bash", "-c", line).run();
    }

    /** Ends everything on the host at once, as a power cut does, and starts it again; tells when it ended. */
    static Instant cutPower() {
        program("systemctl", "poweroff", "--force", "--force").run();
        var cut = Instant.now();
        lab("restart", NAME).run().orFail();
        return cut;
    }

    /** The {@code berth} command as root uses it on the host. */
    static Command berth(String... words) {
        return program("env", "NO_COLOR=1", "berth").with(words);
    }

    /** What the doctor finds wrong on the host, and says so by its exit code. */
    static String doctor() {
        var said = berth("doctor").run();
        return said.exit() == 8 ? said.out() : said.orFail().out();
    }

    /** The {@code berth} command of the checkout, for use over TLS. */
    static Command berthFromElsewhere(String... words) {
        return Command.of(CHECKOUT.resolve("docker-free-install/bin/berth").toString())
                .with(words);
    }

    /** The panel's self-signed certificate, in PEM. */
    static String certificate() {
        return run("cat", "/etc/berth/front/panel.crt").out();
    }

    static Certificate parsedCertificate() {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate().getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** Fetches a page of a site by its name, as a visitor whose DNS leads here. */
    static SiteAnswer fetch(String name, String path) {
        var output = Command.of("curl", "-qsS", "-i", "--max-time", "60", "--path-as-is", "--resolve")
                .with(name + ":80:" + IP, "--", "http://" + name + path)
                .run()
                .orFail();
        return SiteAnswer.of(output.out());
    }

    private static Command lab(String... words) {
        return Command.of(CHECKOUT.resolve("docker-free-install/lab.sh").toString())
                .with(words);
    }
}
