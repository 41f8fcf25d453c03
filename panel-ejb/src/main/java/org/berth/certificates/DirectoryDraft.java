package org.berth.certificates;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.berth.audit.Auditable;
import org.berth.audit.Target;
import org.berth.platform.EmailAddress;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.platform.TrustedRoots;

/**
 * An authority as an administrator wants it.
 *
 * @param name for people, 1 to 60 characters
 * @param url of its ACME directory, https
 * @param email where it writes to before something expires, empty for nowhere
 * @param profile kind of certificate that is ordered (draft-ietf-acme-profiles), one that the authority offers; empty for its
 *     usual one
 * @param roots certificates in PEM by which its own TLS is verified, empty for what Java trusts
 * @param termsAgreed whether its terms are agreed to; without that nothing is ordered
 * @param automatic whether, as long as it is the default, sites for which nobody has chosen anything get one by
 *     themselves; empty keeps it as it is, at first true
 * @param externalKeyId the number of an account there, where it wants one
 * @param externalKey the key to that, in base64url; empty keeps the one that is there
 */
public record DirectoryDraft(
        String name,
        String url,
        Optional<String> email,
        Optional<String> profile,
        Optional<String> roots,
        boolean termsAgreed,
        Optional<Boolean> automatic,
        Optional<String> externalKeyId,
        Optional<String> externalKey)
        implements Auditable {

    private static final int LONGEST_URL = 500;

    private static final int LAST_PORT = 65_535;

    /** RFC 3986, 3.1: its case does not matter. */
    private static final Pattern SCHEME = Pattern.compile("^https://", Pattern.CASE_INSENSITIVE);

    public DirectoryDraft {
        name = name.strip();
        url = SCHEME.matcher(url.strip()).replaceFirst("https://");
        email = present(email);
        profile = present(profile);
        roots = present(roots);
        externalKeyId = present(externalKeyId);
        externalKey = present(externalKey);
        var wrong = new ArrayList<Problem>();
        // Digits alone are the number of one.
        if (!name.matches("(?![0-9]+$)[^\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]{1,60}")) {
            wrong.add(Problem.of("authority-name").at("name"));
        }
        if (!isHttps(url)) {
            wrong.add(Problem.of("authority-url").at("url"));
        }
        if (email.filter(text -> !EmailAddress.isOne(text)).isPresent()) {
            wrong.add(Problem.of("authority-email").at("email"));
        }
        if (profile.filter(text -> !text.matches("[\\x21-\\x7e]{1,64}")).isPresent()) {
            wrong.add(Problem.of("authority-profile").at("profile"));
        }
        if (roots.filter(text -> !TrustedRoots.areIn(text)).isPresent()) {
            wrong.add(Problem.of("authority-roots").at("roots"));
        }
        if (externalKeyId.filter(text -> !text.matches("[\\x21-\\x7e]{1,200}")).isPresent()
                || externalKey.filter(text -> !isKey(text)).isPresent()) {
            wrong.add(Problem.of("authority-external-key").at("externalKey"));
        }
        if (!wrong.isEmpty()) {
            throw new InvalidInput(wrong);
        }
    }

    @Override
    public Target auditTarget() {
        return new Target("authority", 0, name);
    }

    @Override
    public String auditDetail() {
        return url
                + profile.map(text -> "; profile " + text).orElse("")
                + (termsAgreed ? "; terms agreed" : "")
                + automatic.map(is -> is ? "; automatic" : "; not automatic").orElse("");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "DirectoryDraft[" + name + ", " + url + "]";
    }

    private static Optional<String> present(Optional<String> text) {
        return text.map(String::strip).filter(given -> !given.isEmpty());
    }

    private static boolean isHttps(String text) {
        try {
            var uri = new URI(text);
            return text.length() <= LONGEST_URL
                    && "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= LAST_PORT;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static boolean isKey(String text) {
        try {
            return text.length() <= LONGEST_URL && Base64.getUrlDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
