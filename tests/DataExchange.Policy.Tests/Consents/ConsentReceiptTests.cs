using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Consents;

public partial class ConsentReceiptTests
{
    /// <summary>The terms of DPV 2 that may stand in a receipt.</summary>
    private static readonly HashSet<string> Vocabulary =
    [
        "dpv:ConsentRecord", "dpv:ConsentReceipt", "dpv:hasProcess", "dpv:Process", "dpv:hasDataController", "dpv:DataController", "dpv:hasRecipient", "dpv:Recipient",
        "dpv:hasDataSource", "dpv:DataSource", "dpv:hasPurpose", "dpv:Purpose", "dpv:hasPersonalData", "dpv:PersonalData", "dpv:SensitivePersonalData", "dpv:hasProcessing",
        "dpv:Query", "dpv:Share", "dpv:hasLegalBasis", "dpv:ExpressedConsent", "dpv:ExplicitlyExpressedConsent", "dpv:hasStorageCondition", "dpv:StorageDuration",
        "dpv:hasDuration", "dpv:hasNotice", "dpv:ConsentNotice", "dpv:hasConsentStatus", "dpv:isIndicatedAtTime", "dpv:isIndicatedBy", "dpv:DataSubject",
        "dpv:GuardianOfDataSubject", "dpv:Representative", "dpv:hasConsentControl", "dpv:WithdrawConsent", "dpv:isExercisedAt", "dpv:hasRight", "dpv:DataSubjectRight",
        "dpv:ConsentRequested", "dpv:ConsentGiven", "dpv:RenewedConsentGiven", "dpv:ConsentRefused", "dpv:ConsentWithdrawn", "dpv:ConsentRevoked", "dpv:ConsentExpired",
        "dpv:ConsentInvalidated", "dpv:ConsentUnknown",
    ];

    public static TheoryData<ConsentState, ExpressedBy> Steps
    {
        get
        {
            var data = new TheoryData<ConsentState, ExpressedBy>();
            foreach (var state in Enum.GetValues<ConsentState>())
            {
                foreach (var by in Enum.GetValues<ExpressedBy>())
                {
                    data.Add(state, by);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_term_is_one_of_the_vocabulary_or_declared_in_the_context(ConsentState state, ExpressedBy by)
    {
        var consent = Consent with { State = state, ExpressedBy = by, Mandate = by is ExpressedBy.Guardian or ExpressedBy.Agent ? "m1" : null, MaxUses = 2, Period = ConsentPeriod.Month };
        var text = Write(consent);
        var context = JsonElement.Parse(text).GetProperty("@context").EnumerateObject().Select(prefix => prefix.Name).ToHashSet();
        foreach (Match term in Term().Matches(text))
        {
            var prefix = term.Groups["prefix"].Value;
            Assert.Contains(prefix, context);
            Assert.True(prefix != "dpv" || Vocabulary.Contains(term.Groups["term"].Value), term.Value);
        }

        Assert.DoesNotContain(Person.Value, text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_what_was_agreed_when_to_which_text_and_how_it_is_taken_back()
    {
        var receipt = JsonElement.Parse(Write(Consent with { LogIndex = 42 }));
        Assert.Equal("ISO/IEC TS 27560:2023", receipt.GetProperty("dct:conformsTo").GetString());
        Assert.Equal(Consent.NoticeHash, receipt.GetProperty("dpv:hasNotice").GetProperty("dxl:sha256").GetString());
        Assert.Equal(Document.Notices[0].Texts["zh"], receipt.GetProperty("dpv:hasNotice").GetProperty("dct:description").GetString());
        Assert.Equal(Consent.Fields, receipt.GetProperty("dpv:hasProcess").GetProperty("dpv:hasPersonalData").EnumerateArray().Select(field => field.GetProperty("dct:identifier").GetString()!));
        Assert.Equal($"/v1/consents/{Consent.Id}/withdraw", receipt.GetProperty("dpv:hasConsentControl").GetProperty("dpv:isExercisedAt").GetString());
        var status = receipt.GetProperty("dpv:hasConsentStatus").EnumerateArray().Last();
        Assert.Equal((42L, "test.example/governance"), (status.GetProperty("dxl:logIndex").GetInt64(), status.GetProperty("dxl:log").GetString()));
        Assert.Equal(2, receipt.GetProperty("dpv:hasConsentStatus").GetArrayLength());
    }

    private static string Write(ConsentRecord consent)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            ConsentReceipt.Write(
                writer, [new(consent with { State = ConsentState.Requested, LogIndex = 41 }, Now.AddDays(-2)), new(consent, Now.AddDays(-1))], Founded.With(consent), "test.example/governance", Now);
        }

        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [GeneratedRegex("\"(?<term>(?<prefix>[a-z][a-z-]*):(?!/)[A-Za-z0-9]+)\"")]
    private static partial Regex Term();
}
