package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import jakarta.json.Json;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.berth.fixture.Eventually;

/**
 * The panel in a browser, used as people do: by labels, buttons and links. One browser for all, a fresh profile for each
 * of these. Notes what a good page never does: complain on the console, be stopped by its own policy, ask other hosts.
 */
final class Panel implements AutoCloseable {

    private static final Path CHROMIUM = Path.of(System.getProperty("berth.chromium", "/usr/bin/chromium"));
    private static final Browser BROWSER = launch();

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();

    Panel() {
        this(new Look(1440, 900, ColorScheme.LIGHT, "en-GB"));
    }

    Panel(Look look) {
        context = BROWSER.newContext(new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setBaseURL(LabHost.panel().toString())
                .setLocale(look.locale())
                .setColorScheme(look.colours())
                .setViewportSize(look.width(), look.height()));
        context.setDefaultTimeout(60_000);
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            // The last is about this machine: another lab host of it started or stopped.
            if (("error".equals(message.type()) || "warning".equals(message.type()))
                    && !message.text().contains("ERR_NETWORK_CHANGED")) {
                complaints.add(message.text() + " at " + page.url());
            }
        });
        page.onPageError(error -> complaints.add(error + " at " + page.url()));
        page.onRequest(request -> {
            if (!request.url().startsWith(LabHost.panel().toString())
                    && !request.url().startsWith("data:")) {
                strangers.add(request.url());
            }
        });
    }

    private static Browser launch() {
        var playwright = Playwright.create();
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                // Trusted as if an authority had signed it: what comes with a broken certificate is not
                                // cached.
                                "--ignore-certificate-errors-spki-list=" + keyOfPanel(),
                                // Names of sites lead to the lab host, as they would once their DNS is set.
                                "--host-resolver-rules=MAP *.com " + LabHost.ip())));
    }

    /** The SHA-256 of the public key of the panel's certificate, in Base64. */
    private static String keyOfPanel() {
        try {
            var key = LabHost.parsedCertificate().getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException problem) {
            throw new IllegalStateException(problem);
        }
    }

    Page page() {
        return page;
    }

    /** Messages of the console that are errors or warnings, among them each violation of the content policy. */
    List<String> complaints() {
        return complaints;
    }

    /** Addresses outside of the panel that a page asked for. */
    List<String> strangers() {
        return strangers;
    }

    Panel open(String path) {
        page.navigate(path);
        return this;
    }

    Panel login(Person person) {
        return login(person.login(), person.password());
    }

    Panel login(String login, String password) {
        tryToLogIn(login, password);
        page.waitForURL(Pattern.compile("^(?!.*/login).*$"));
        return this;
    }

    /** Sends the login form; whether it leads anywhere is for the test to see. */
    void tryToLogIn(String login, String password) {
        open("/login");
        page.fill("#login", login);
        page.fill("#password", password);
        press("log-in");
    }

    /** A first login with a one-time password, which leads to a page that asks for an own one. */
    Panel firstLogin(String login, String oneTime, String password) {
        login(login, oneTime);
        choosePassword(oneTime, password);
        return this;
    }

    void choosePassword(String old, String password) {
        page.fill("#oldPassword", old);
        page.fill("#password", password);
        press("change-password");
        page.waitForURL(Pattern.compile("^(?!.*/(login|change-password)).*$"));
    }

    /** Makes a site of kind {@code static}, {@code php} or {@code php-database} and waits for its job. */
    void createSite(String name, String kind) {
        open("/sites/new");
        page.fill("#name", name);
        page.check("input[name=kind][value=" + kind + "]");
        press("create");
        jobEnds("SUCCEEDED");
    }

    /** Makes a token for the REST API with the session of the browser. */
    String createToken(String name) {
        var made = page.request()
                .post(
                        "/api/v1/tokens",
                        RequestOptions.create()
                                .setHeader("Origin", LabHost.panel().toString())
                                .setData(Map.of("name", name)));
        try (var reader = Json.createReader(new StringReader(made.text()))) {
            return reader.readObject().getString("token");
        }
    }

    /** What the page as it is shown now does wrong to people who see, hear or move otherwise, and sideways scrolling. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        for (var violation : new AxeBuilder(page)
                // Its newer way opens a page of its own, and ours would be one in the background meanwhile.
                .setLegacyMode(true)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations()) {
            faults.add(page.url() + ": " + violation.getId() + ": "
                    + violation.getNodes().get(0).getHtml());
        }
        var overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (((Number) overflow).intValue() > 0) {
            faults.add(page.url() + ": scrolls sideways by " + overflow + " px");
        }
        return faults;
    }

    /** Looks at the page as it is shown now. */
    Panel isSound() {
        assertThat(faults()).isEmpty();
        return this;
    }

    /** Waits until the job that is shown ended so. */
    Panel jobEnds(String state) {
        page.waitForURL(Pattern.compile(".*/jobs/\\d+.*"));
        page.waitForSelector("[data-test=job][data-state=" + state + "]");
        return this;
    }

    /** Waits until there are so many of something. */
    Panel has(int count, String selector) {
        Eventually.holds(count + " of " + selector, () -> page.locator(selector).count() == count);
        return this;
    }

    /** Waits for a state of the site that is shown. */
    Panel siteIs(String state) {
        page.waitForSelector("[data-test=site][data-state=" + state + "]");
        return this;
    }

    /** What was copied last. */
    String clipboard() {
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    /** What went wrong, as the page says it above the form. */
    String wrongs() {
        return part("wrongs").textContent();
    }

    /** What the browser tells those who develop with it. */
    CDPSession tools() {
        return context.newCDPSession(page);
    }

    /** Presses a button; buttons are known by what they are for, whatever the language. */
    void press(String button) {
        part(button).click();
    }

    /** A part of the page, by what it is for. */
    Locator part(String name) {
        return page.locator("[data-test=" + name + "]").first();
    }

    Locator heading() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    @Override
    public void close() {
        context.close();
    }

    /** How somebody looks at the panel. */
    record Look(int width, int height, ColorScheme colours, String locale) {}
}
