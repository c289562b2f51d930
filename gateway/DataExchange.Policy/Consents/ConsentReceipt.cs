using System.Text.Json;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Consents;

/// <summary>One change of a consent, as the governance log has it.</summary>
public sealed record ConsentStep(ConsentRecord Consent, DateTimeOffset Time);

/// <summary>
/// Writes a consent as a record by ISO/IEC TS 27560: JSON-LD in the terms of the W3C Data Privacy Vocabulary (DPV 2), with what the log adds.
/// The terms of the vocabulary stand in its own namespace, and the context in the document, so nobody has to fetch anything to read it.
/// The person is not named: who may have it knows whose it is.
/// </summary>
public static class ConsentReceipt
{
    private const string Self = "urn:data-exchange:";

    /// <param name="output">Receives one JSON object.</param>
    /// <param name="steps">Every change of the consent, the newest last; at least one.</param>
    /// <param name="rules">The rules now.</param>
    /// <param name="logOrigin">Origin of the governance log.</param>
    /// <param name="now">The moment of the receipt.</param>
    public static void Write(Utf8JsonWriter output, IReadOnlyList<ConsentStep> steps, RegionSnapshot rules, string logOrigin, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(rules);
        var consent = steps[^1].Consent;
        output.WriteStartObject();
        WriteContext(output);
        output.WriteString("@id", Self + "consent:" + consent.Id);
        WriteTerms(output, "@type", "dpv:ConsentRecord", "dpv:ConsentReceipt");
        output.WriteString("dct:conformsTo", "ISO/IEC TS 27560:2023");
        output.WriteString("dct:identifier", consent.Id);
        output.WriteString("dct:issued", now);
        output.WriteString("dct:language", consent.Language);
        WriteProcess(output, consent, rules);
        WriteNotice(output, consent, rules);
        output.WriteStartArray("dpv:hasConsentStatus");
        foreach (var step in steps)
        {
            WriteStatus(output, step, logOrigin);
        }

        output.WriteEndArray();
        WriteTerms(output, "dxl:standing", Term(ConsentStanding.Of(consent, rules, now)));
        WriteControl(output, consent);
        output.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter output)
    {
        output.WriteStartObject("@context");
        output.WriteString("dpv", "https://w3id.org/dpv#");
        output.WriteString("dpv-pd", "https://w3id.org/dpv/pd#");
        output.WriteString("dct", "http://purl.org/dc/terms/");
        output.WriteString("xsd", "http://www.w3.org/2001/XMLSchema#");
        output.WriteString("dxl", Self + "terms:");
        output.WriteEndObject();
    }

    private static void WriteProcess(Utf8JsonWriter output, ConsentRecord consent, RegionSnapshot rules)
    {
        output.WriteStartObject("dpv:hasProcess");
        output.WriteString("@type", "dpv:Process");
        WriteEntity(output, "dpv:hasDataController", "dpv:DataController", consent.Recipient, rules);
        WriteEntity(output, "dpv:hasRecipient", "dpv:Recipient", consent.Recipient, rules);
        WriteEntity(output, "dpv:hasDataSource", "dpv:DataSource", consent.Dataset[..consent.Dataset.IndexOf('/', StringComparison.Ordinal)], rules);
        output.WriteStartObject("dpv:hasPurpose");
        output.WriteString("@id", Self + "purpose:" + consent.Purpose);
        output.WriteString("@type", "dpv:Purpose");
        var purpose = rules.FindPurpose(consent.Purpose);
        WriteTexts(output, "dct:title", purpose?.Names);
        output.WriteEndObject();
        output.WriteStartArray("dpv:hasPersonalData");
        foreach (var name in consent.Fields)
        {
            WriteField(output, name, rules.FindDataset(consent.Dataset)?.FindField(name));
        }

        output.WriteEndArray();
        WriteTerms(output, "dpv:hasProcessing", "dpv:Query", "dpv:Share");
        WriteTerms(output, "dpv:hasLegalBasis", consent.Kind == ConsentKind.General ? "dpv:ExpressedConsent" : "dpv:ExplicitlyExpressedConsent");
        output.WriteStartObject("dpv:hasStorageCondition");
        output.WriteString("@type", "dpv:StorageDuration");
        output.WriteString("dpv:hasDuration", purpose is null ? "none stated" : $"P{purpose.RetentionDays}D");
        output.WriteEndObject();
        output.WriteString("dct:valid", consent.ValidTo);
        if (consent.MaxUses is { } uses)
        {
            output.WriteNumber("dxl:maxUses", uses);
        }

        if (consent.Period is { } period)
        {
            output.WriteString("dxl:period", period.ToString());
        }

        output.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter output, string name, DatasetField? field)
    {
        output.WriteStartObject();
        output.WriteString("dct:identifier", name);
        var category = field?.Category ?? "dpv:PersonalData";
        if (field is { Sensitive: true })
        {
            WriteTerms(output, "@type", category, "dpv:SensitivePersonalData");
        }
        else
        {
            WriteTerms(output, "@type", category);
        }

        output.WriteEndObject();
    }

    private static void WriteNotice(Utf8JsonWriter output, ConsentRecord consent, RegionSnapshot rules)
    {
        output.WriteStartObject("dpv:hasNotice");
        output.WriteString("@id", $"{Self}notice:{consent.Notice}@{consent.NoticeRevision}");
        output.WriteString("@type", "dpv:ConsentNotice");
        output.WriteString("dct:language", consent.Language);
        output.WriteString("dxl:sha256", consent.NoticeHash);
        if (rules.NoticeRegister.Find(consent.Notice)?.Find(consent.NoticeRevision) is { } shown && shown.Hashes.GetValueOrDefault(consent.Language) == consent.NoticeHash)
        {
            output.WriteString("dct:description", shown.Notice.Texts[consent.Language]);
        }

        output.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter output, ConsentStep step, string logOrigin)
    {
        var consent = step.Consent;
        output.WriteStartObject();
        WriteTerms(output, "@type", Term(consent.State));
        output.WriteString("dpv:isIndicatedAtTime", step.Time);
        if (consent.ExpressedBy != ExpressedBy.None || consent.State == ConsentState.Refused)
        {
            WriteTerms(output, "dpv:isIndicatedBy", consent.Mandate is null ? "dpv:DataSubject" : consent.ExpressedBy == ExpressedBy.Guardian ? "dpv:GuardianOfDataSubject" : "dpv:Representative");
        }

        if (consent.AssistedBy is { } clerk)
        {
            output.WriteString("dxl:assistedBy", clerk);
        }

        if (consent.EvidenceHash is { } evidence)
        {
            output.WriteString("dxl:evidence", evidence);
        }

        output.WriteString("dxl:log", logOrigin);
        output.WriteNumber("dxl:logIndex", consent.LogIndex);
        output.WriteEndObject();
    }

    private static void WriteControl(Utf8JsonWriter output, ConsentRecord consent)
    {
        output.WriteStartObject("dpv:hasConsentControl");
        output.WriteString("@type", "dpv:WithdrawConsent");
        output.WriteString("dpv:isExercisedAt", $"/v1/consents/{consent.Id}/withdraw");
        output.WriteEndObject();
        output.WriteStartArray("dpv:hasRight");
        // PIPL art. 15 withdrawal, 45 access and copies, 46 correction, 47 erasure, 50 a way to ask for each.
        foreach (var (right, article) in new[] { ("withdrawal", "15"), ("access", "45"), ("correction", "46"), ("erasure", "47"), ("explanation", "48") })
        {
            output.WriteStartObject();
            output.WriteString("@type", "dpv:DataSubjectRight");
            output.WriteString("dct:title", right);
            output.WriteString("dct:source", "PIPL art. " + article);
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }

    private static void WriteEntity(Utf8JsonWriter output, string property, string type, string member, RegionSnapshot rules)
    {
        output.WriteStartObject(property);
        output.WriteString("@id", Self + "member:" + member);
        output.WriteString("@type", type);
        WriteTexts(output, "dct:title", rules.FindMember(member)?.Names);
        output.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter output, string property, LocalizedText? texts)
    {
        output.WriteStartArray(property);
        foreach (var (language, text) in texts ?? [])
        {
            output.WriteStartObject();
            output.WriteString("@language", language);
            output.WriteString("@value", text);
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }

    // Types stand as they are; a term that is a value is a reference.
    private static void WriteTerms(Utf8JsonWriter output, string property, params IReadOnlyList<string> terms)
    {
        output.WriteStartArray(property);
        foreach (var term in terms)
        {
            if (property == "@type")
            {
                output.WriteStringValue(term);
                continue;
            }

            output.WriteStartObject();
            output.WriteString("@id", term);
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }

    // DPV knows no consent that is used up; it is over, like an expired one, and the record says how.
    private static string Term(ConsentState state) => state switch
    {
        ConsentState.Requested => "dpv:ConsentRequested",
        ConsentState.Given => "dpv:ConsentGiven",
        ConsentState.Renewed => "dpv:RenewedConsentGiven",
        ConsentState.Refused => "dpv:ConsentRefused",
        ConsentState.Withdrawn => "dpv:ConsentWithdrawn",
        ConsentState.Revoked => "dpv:ConsentRevoked",
        ConsentState.Expired or ConsentState.RequestExpired or ConsentState.Exhausted => "dpv:ConsentExpired",
        ConsentState.Invalidated or ConsentState.Superseded => "dpv:ConsentInvalidated",
        _ => "dpv:ConsentUnknown",
    };
}
