package org.berth.web.frame;

import jakarta.faces.component.FacesComponent;
import jakarta.faces.component.UIComponentBase;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.berth.security.Secrets;
import org.berth.web.security.SecurityHeadersFilter;

/**
 * Around components of PrimeFaces. A page gets their scripts, and the right to run what they write into it, because and
 * only if this is shown.
 */
@FacesComponent("org.berth.web.Widgets")
public class Widgets extends UIComponentBase {

    private static final String LIBRARY = "primefaces";
    private static final List<String> SCRIPTS =
            List.of("jquery/jquery.js", "jquery/jquery-plugins.js", "core.js", "components.js");

    /** Languages of the panel whose words PrimeFaces does not know by itself. */
    private static final List<String> LANGUAGES = List.of("de");

    @Override
    public String getFamily() {
        return "org.berth.web";
    }

    @Override
    public void encodeBegin(FacesContext context) throws IOException {
        var nonce = Secrets.token();
        SecurityHeadersFilter.allow(
                (HttpServletResponse) context.getExternalContext().getResponse(), nonce);
        var language = context.getViewRoot().getLocale().getLanguage();
        for (var script : SCRIPTS) {
            load(context, script);
        }
        if (LANGUAGES.contains(language)) {
            load(context, "locales/locale-" + language + ".js");
        }
        var writer = new NonceWriter(context.getResponseWriter(), nonce);
        writer.startElement("script", this);
        writer.write("PrimeFaces.settings.locale='" + language + "';PrimeFaces.utils.disableAnimations()");
        writer.endElement("script");
        context.setResponseWriter(writer);
    }

    @Override
    public void encodeEnd(FacesContext context) {
        context.setResponseWriter(((NonceWriter) context.getResponseWriter()).getWrapped());
    }

    private void load(FacesContext context, String script) throws IOException {
        var address = context.getApplication()
                .getResourceHandler()
                .createResource(script, LIBRARY)
                .getRequestPath();
        ResponseWriter writer = context.getResponseWriter();
        writer.startElement("script", this);
        writer.writeURIAttribute("src", address, null);
        writer.writeAttribute("defer", true, null);
        writer.endElement("script");
    }
}
