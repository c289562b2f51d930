using System.Text;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Json;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Consents;

/// <summary>The quick reader of rows reads what the general one reads, or leaves it alone.</summary>
public class ConsentRowTests
{
    private static readonly PersonalRegister Register = PersonalRegisters.Of(LeafKinds.ConsentGiven);

    public static TheoryData<ConsentState, ConsentKind, ExpressedBy> Plain
    {
        get
        {
            var data = new TheoryData<ConsentState, ConsentKind, ExpressedBy>();
            foreach (var state in Enum.GetValues<ConsentState>())
            {
                foreach (var kind in Enum.GetValues<ConsentKind>())
                {
                    foreach (var by in Enum.GetValues<ExpressedBy>())
                    {
                        data.Add(state, kind, by);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Every_record_is_read_the_same(ConsentState state, ConsentKind kind, ExpressedBy by)
    {
        foreach (var from in new DateTimeOffset?[] { null, TestRegion.Now.ToOffset(TimeSpan.FromHours(8)) })
        {
            var record = TestRegion.Consent with { State = state, Kind = kind, ExpressedBy = by, ValidFrom = from };
            Same(Register.WriteRow(record));
            Same(Register.WriteRow(record with { AssistedBy = "clerk", EvidenceHash = "hash", MaxUses = 3, Uses = [1] }));
        }
    }

    [Fact]
    public void A_plain_row_is_read_quickly_and_shares_its_texts()
    {
        var (row, shared) = (Register.WriteRow(TestRegion.Consent), new SharedTexts());
        var (one, other) = (ConsentRow.TryRead(row, 1, shared), ConsentRow.TryRead(row, 2, shared));
        Assert.NotNull(one);
        Assert.NotNull(other);
        Assert.Equal((1, 2), (one.LogIndex, other.LogIndex));
        Assert.Same(one.Fields, other.Fields);
        Assert.Same(one.Subject.Value, other.Subject.Value);
        Assert.Same(one.NoticeHash, other.NoticeHash);
    }

    [Theory]
    [InlineData("\"dataset\"", "\"data\"")]
    [InlineData("\"Given\"", "\"Lent\"")]
    [InlineData("\"Given\"", "2")]
    [InlineData("\"noticeRevision\":3", "\"noticeRevision\":\"3\"")]
    [InlineData("\"noticeRevision\":3", "\"noticeRevision\":3.5")]
    [InlineData("\"noticeRevision\":3", "\"noticeRevision\":0")]
    [InlineData("\"language\":\"zh\"", "\"language\":null")]
    [InlineData("\"language\":\"zh\"", "\"language\":\"\\u007ah\"")]
    [InlineData("\"language\":\"zh\"", "\"language\":\"zh\",\"language\":\"zh\"")]
    [InlineData("\"language\":\"zh\"", "\"language\":\"中文\"")]
    [InlineData("\"language\":\"zh\",", "")]
    [InlineData("[\"income\",\"married\"]", "[\"income\",null]")]
    [InlineData("[\"income\",\"married\"]", "\"income\"")]
    [InlineData("Z\"", "\"")]
    [InlineData("aaaaaaaa", "AAAAAAAA")]
    [InlineData("}", "} {}")]
    [InlineData("}", "")]
    [InlineData("{", "[")]
    public void A_row_of_another_form_is_read_or_refused_the_same(string part, string by)
    {
        var row = Encoding.UTF8.GetString(Register.WriteRow(TestRegion.Consent)).Replace("+00:00\"", "Z\"", StringComparison.Ordinal);
        var changed = row.Replace(part, by, StringComparison.Ordinal);
        Assert.NotEqual(row, changed);
        Same(Encoding.UTF8.GetBytes(changed));
    }

    private static void Same(byte[] row)
    {
        ConsentRecord? general;
        try
        {
            general = JsonSerializer.Deserialize(row, PolicyJsonContext.Default.ConsentRecord);
        }
        catch (JsonException)
        {
            Assert.ThrowsAny<JsonException>(() => Register.ReadRow(row, 9, new SharedTexts()));
            return;
        }

        Assert.Equivalent(general! with { LogIndex = 9 }, Register.ReadRow(row, 9, new SharedTexts()), strict: true);
    }
}
