package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.berth.certificates.CertificateUpload;
import org.berth.certificates.Certificates;
import org.berth.web.frame.Address;
import org.berth.web.frame.ConfirmBox;
import org.berth.web.frame.Redirect;
import org.berth.web.security.CurrentActor;

/** The form by which somebody brings a certificate. */
@Named
@RequestScoped
public class SiteCertificateUploadBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Address address;

    @Inject
    private Certificates certificates;

    @Inject
    private ConfirmBox confirm;

    private String certificate = "";
    private String key = "";

    public String getCertificate() {
        return certificate;
    }

    public void setCertificate(String certificate) {
        this.certificate = certificate;
    }

    /** Never what was typed: a key is not sent back. */
    public String getKey() {
        return "";
    }

    public void setKey(String key) {
        this.key = key;
    }

    /** Starts the job that installs it. */
    public String upload() {
        var upload = new CertificateUpload(certificate, key, confirm.isTicked());
        var job = certificates.upload(current.actor(), address.getItem(), upload);
        return Redirect.to("/jobs/" + job.id());
    }
}
