package org.berth.web.frame;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.ResponseWriter;
import jakarta.faces.context.ResponseWriterWrapper;
import java.io.IOException;
import java.io.Writer;

/** Gives each script in the page the nonce by which the browser runs it; as a module, it waits for those it calls. */
class NonceWriter extends ResponseWriterWrapper {

    private final String nonce;

    NonceWriter(ResponseWriter wrapped, String nonce) {
        super(wrapped);
        this.nonce = nonce;
    }

    @Override
    public void startElement(String name, UIComponent component) throws IOException {
        super.startElement(name, component);
        if (name.equals("script")) {
            writeAttribute("nonce", nonce, null);
            writeAttribute("type", "module", null);
        }
    }

    @Override
    public ResponseWriter cloneWithWriter(Writer writer) {
        return new NonceWriter(super.cloneWithWriter(writer), nonce);
    }
}
