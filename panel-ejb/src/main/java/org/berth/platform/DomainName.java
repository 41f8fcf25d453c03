package org.berth.platform;

import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A host name that a site can answer to: at least two labels, valid by UTS #46 and RFC 1123, neither an address nor a
 * public suffix. Kept in its ASCII form; equal names are equal whatever form they were typed in.
 */
public record DomainName(String ascii) {

    /** Characters of the longest name, RFC 1035, 2.3.4. */
    public static final int LONGEST = 253;

    private static final int LONGEST_LABEL = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern TOP_LABEL = Pattern.compile("[a-z][a-z0-9-]*[a-z0-9]");

    /** Names that by RFC 6761 never lead to a host on the network. */
    private static final Set<String> NOWHERE = Set.of("localhost", "invalid");

    /** How a label begins that is not plain ASCII for people. */
    private static final String ENCODED = "xn--";

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9.-]*");
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ);
    private static final SpoofChecker SPOOF = new SpoofChecker.Builder()
            .setChecks(SpoofChecker.RESTRICTION_LEVEL)
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .build();

    /**
     * Checks the form only; {@link #of} reads what people type.
     *
     * @param ascii lower-case ASCII form
     */
    public DomainName {
        check(ascii);
    }

    /** Reads a name in either form, as typed; nothing is cut off or guessed. */
    public static DomainName of(String typed) {
        if (typed.isEmpty() || typed.length() > LONGEST) {
            throw refused("name-length", String.valueOf(typed.length()), String.valueOf(LONGEST));
        }
        var info = new IDNA.Info();
        var ascii = UTS46.nameToASCII(typed, new StringBuilder(), info).toString();
        if (info.getErrors().contains(IDNA.Error.LABEL_TOO_LONG)) {
            throw refused("name-label-length", typed, String.valueOf(LONGEST_LABEL));
        }
        if (info.getErrors().contains(IDNA.Error.DOMAIN_NAME_TOO_LONG)) {
            throw refused("name-length", String.valueOf(ascii.length()), String.valueOf(LONGEST));
        }
        if (info.hasErrors()) {
            throw refused("name-malformed", typed);
        }
        var name = new DomainName(ascii);
        for (var label : UTS46.nameToUnicode(ascii, new StringBuilder(), new IDNA.Info())
                .toString()
                .split("\\.")) {
            if (SPOOF.failsChecks(label)) {
                throw refused("name-mixed-scripts", ascii);
            }
        }
        return name;
    }

    /** The ASCII form of what may be a name, for looking it up; the text itself when it is none. */
    public static String asciiOrSame(String typed) {
        try {
            return of(typed).ascii();
        } catch (InvalidInput none) {
            return typed;
        }
    }

    /** Whether the text is a name in its ASCII form. */
    public static boolean isOne(String text) {
        try {
            check(text);
            return true;
        } catch (InvalidInput none) {
            return false;
        }
    }

    /** The text in its form for people if it is a name in its ASCII form, else as it is. */
    public static String shown(String text) {
        if (!text.contains(ENCODED)) {
            return text;
        }
        try {
            return new DomainName(text).unicode();
        } catch (InvalidInput none) {
            return text;
        }
    }

    /** Under what else a name in either form is searched for, in lower case; empty when it has one form only. */
    public static String otherForm(String text) {
        var ascii = asciiOrSame(text);
        var other = ascii.equals(text) ? shown(text) : ascii;
        return other.equalsIgnoreCase(text) ? "" : other.toLowerCase(Locale.ROOT);
    }

    /** The form for people; the ASCII form when the other could be taken for a different, Latin name. */
    public String unicode() {
        var shown =
                UTS46.nameToUnicode(ascii, new StringBuilder(), new IDNA.Info()).toString();
        return looksLatin(shown) ? ascii : shown;
    }

    /** The same name with {@code www.} before it. */
    public DomainName www() {
        return new DomainName("www." + ascii);
    }

    public boolean isWww() {
        return ascii.startsWith("www.");
    }

    /** Names above this one, nearest first, without the last label. */
    public List<String> parents() {
        var parents = new ArrayList<String>();
        for (var dot = ascii.indexOf('.'); dot >= 0; dot = ascii.indexOf('.', dot + 1)) {
            var parent = ascii.substring(dot + 1);
            if (parent.indexOf('.') > 0) {
                parents.add(parent);
            }
        }
        return parents;
    }

    /** Whether this is a name that is registered as such, directly below a public suffix; only those usually have a www. */
    public boolean isRegistrable() {
        var name = InternetDomainName.from(ascii);
        return name.hasPublicSuffix() ? name.isTopPrivateDomain() : name.parts().size() == 2;
    }

    @Override
    public String toString() {
        return ascii;
    }

    private static void check(String ascii) {
        if (ascii.length() > LONGEST) {
            throw refused("name-length", String.valueOf(ascii.length()), String.valueOf(LONGEST));
        }
        if (InetAddresses.isInetAddress(ascii)) {
            throw refused("name-is-address", ascii);
        }
        var labels = List.of(ascii.split("\\.", -1));
        for (var label : labels) {
            if (label.length() > LONGEST_LABEL) {
                throw refused("name-label-length", ascii, String.valueOf(LONGEST_LABEL));
            }
            if (!LABEL.matcher(label).matches()) {
                throw refused("name-malformed", ascii);
            }
        }
        var last = labels.get(labels.size() - 1);
        if (NUMERIC.matcher(last).matches()) {
            throw refused("name-is-address", ascii);
        }
        if (labels.size() < 2) {
            throw refused("name-single-label", ascii);
        }
        if (NOWHERE.contains(last)) {
            throw refused("name-leads-nowhere", ascii, last);
        }
        if (!TOP_LABEL.matcher(last).matches()) {
            throw refused("name-malformed", ascii);
        }
        if (InternetDomainName.from(ascii).isPublicSuffix()) {
            throw refused("name-public-suffix", ascii);
        }
    }

    private static boolean looksLatin(String shown) {
        for (var label : shown.split("\\.")) {
            if (!PLAIN.matcher(label).matches()
                    && PLAIN.matcher(skeleton(label)).matches()) {
                return true;
            }
        }
        return false;
    }

    private static String skeleton(String label) {
        return SPOOF.getSkeleton(label).toLowerCase(Locale.ROOT);
    }

    private static InvalidInput refused(String code, String... args) {
        return new InvalidInput(Problem.of(code, (Object[]) args).at("name"));
    }
}
