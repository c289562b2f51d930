using System.Buffers;
using System.Text;
using System.Text.Json;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Consents;

/// <summary>
/// Reads the rows of the consent register, of which there may be a million at a start, without making a text of what many of them have in
/// common. It knows the plain form that nearly all have, and leaves every other one, and every fault, to the general reader: so it accepts
/// nothing that the general one would not, and reads nothing into another record.
/// </summary>
internal static class ConsentRow
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>The record; null for a row that the general reader has to read.</summary>
    public static ConsentRecord? TryRead(ReadOnlySpan<byte> row, long index, SharedTexts shared)
    {
        var reader = new Utf8JsonReader(row);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        string? id = null, subject = null, notice = null, hash = null, language = null, purpose = null, dataset = null, recipient = null;
        IReadOnlyList<string>? fields = null;
        var (kind, state) = (ConsentKind.None, ConsentState.None);
        ExpressedBy? expressedBy = ExpressedBy.None;
        var (revision, seen) = (0, Member.Other);
        DateTimeOffset? from = null, to = null;
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueIsEscaped)
                {
                    return null;
                }

                var name = reader.ValueSpan;
                if (!reader.Read() || reader is { TokenType: JsonTokenType.String, ValueIsEscaped: true })
                {
                    return null;
                }

                // A bit for each member: one that comes twice is the general reader's to refuse.
                var member = MemberOf(name);
                if (member == Member.Other || (seen & member) != 0)
                {
                    return null;
                }

                seen |= member;
                switch (member)
                {
                    case Member.Id: id = reader.GetString(); break;
                    case Member.Subject: subject = Handle(ref reader, shared); break;
                    case Member.Notice: notice = Text(ref reader, shared); break;
                    case Member.NoticeHash: hash = Text(ref reader, shared); break;
                    case Member.Language: language = Text(ref reader, shared); break;
                    case Member.Purpose: purpose = Text(ref reader, shared); break;
                    case Member.Dataset: dataset = Text(ref reader, shared); break;
                    case Member.Recipient: recipient = Text(ref reader, shared); break;
                    case Member.Fields: fields = Texts(ref reader, shared); break;
                    case Member.Kind: kind = Kind(reader.ValueSpan); break;
                    case Member.State: state = State(reader.ValueSpan); break;
                    case Member.ExpressedBy: expressedBy = By(reader.ValueSpan); break;
                    case Member.NoticeRevision: revision = reader.TryGetInt32(out var number) ? number : 0; break;
                    case Member.ValidFrom: from = Instant(ref reader); break;
                    default: to = Instant(ref reader); break;
                }
            }
        }
        catch (InvalidOperationException)
        {
            return null; // A value of another type than the plain form has.
        }

        return seen.HasFlag(Member.Required) && seen.HasFlag(Member.ValidFrom) == from.HasValue && reader is { TokenType: JsonTokenType.EndObject } && !reader.Read()
            && id is not null && subject is not null && notice is not null && hash is not null && language is not null && purpose is not null && dataset is not null
            && recipient is not null && fields is not null && kind != ConsentKind.None && state != ConsentState.None && revision > 0 && to is { } validTo && expressedBy is { } by
                ? new ConsentRecord
                {
                    Id = id,
                    Subject = new SubjectHandle(subject),
                    LogIndex = index,
                    Notice = notice,
                    NoticeRevision = revision,
                    NoticeHash = hash,
                    Language = language,
                    Purpose = purpose,
                    Dataset = dataset,
                    Recipient = recipient,
                    Fields = fields,
                    Kind = kind,
                    State = state,
                    ValidFrom = from,
                    ValidTo = validTo,
                    ExpressedBy = by,
                }
                : null;
    }

    private static Member MemberOf(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'i', (byte)'d'] => Member.Id,
        [(byte)'s', (byte)'t', ..] when name.SequenceEqual("state"u8) => Member.State,
        [(byte)'s', (byte)'u', ..] when name.SequenceEqual("subject"u8) => Member.Subject,
        [(byte)'n', ..] when name.SequenceEqual("notice"u8) => Member.Notice,
        [(byte)'n', ..] when name.SequenceEqual("noticeHash"u8) => Member.NoticeHash,
        [(byte)'n', ..] when name.SequenceEqual("noticeRevision"u8) => Member.NoticeRevision,
        [(byte)'v', ..] when name.SequenceEqual("validFrom"u8) => Member.ValidFrom,
        [(byte)'v', ..] when name.SequenceEqual("validTo"u8) => Member.ValidTo,
        [(byte)'l', ..] when name.SequenceEqual("language"u8) => Member.Language,
        [(byte)'p', ..] when name.SequenceEqual("purpose"u8) => Member.Purpose,
        [(byte)'d', ..] when name.SequenceEqual("dataset"u8) => Member.Dataset,
        [(byte)'r', ..] when name.SequenceEqual("recipient"u8) => Member.Recipient,
        [(byte)'f', ..] when name.SequenceEqual("fields"u8) => Member.Fields,
        [(byte)'k', ..] when name.SequenceEqual("kind"u8) => Member.Kind,
        [(byte)'e', ..] when name.SequenceEqual("expressedBy"u8) => Member.ExpressedBy,
        _ => Member.Other,
    };

    private static string? Text(ref Utf8JsonReader reader, SharedTexts shared) => reader.TokenType == JsonTokenType.String && Ascii.IsValid(reader.ValueSpan) ? shared.Of(reader.ValueSpan) : null;

    private static string? Handle(ref Utf8JsonReader reader, SharedTexts shared) =>
        reader.ValueSpan.Length == 2 * SubjectHandle.Size && !reader.ValueSpan.ContainsAnyExcept(HexDigits) ? Text(ref reader, shared) : null;

    private static IReadOnlyList<string>? Texts(ref Utf8JsonReader reader, SharedTexts shared)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && Ascii.IsValid(reader.ValueSpan))
        {
            texts.Add(shared.Of(reader.ValueSpan));
        }

        return reader.TokenType == JsonTokenType.EndArray ? shared.Of(texts) : null;
    }

    private static DateTimeOffset? Instant(ref Utf8JsonReader reader) =>
        reader is { TokenType: JsonTokenType.String, ValueSpan: [.., (byte)'Z'] or [.., (byte)'+' or (byte)'-', _, _, (byte)':', _, _] } && reader.TryGetDateTimeOffset(out var value)
            ? value
            : null;

    private static ConsentKind Kind(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("General"u8) ? ConsentKind.General : name.SequenceEqual("Separate"u8) ? ConsentKind.Separate : name.SequenceEqual("Written"u8) ? ConsentKind.Written : ConsentKind.None;

    private static ConsentState State(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("Given"u8) ? ConsentState.Given
        : name.SequenceEqual("Requested"u8) ? ConsentState.Requested
        : name.SequenceEqual("Withdrawn"u8) ? ConsentState.Withdrawn
        : name.SequenceEqual("Refused"u8) ? ConsentState.Refused
        : ConsentState.None;

    private static ExpressedBy? By(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("Self"u8) ? ExpressedBy.Self
        : name.SequenceEqual("None"u8) ? ExpressedBy.None
        : name.SequenceEqual("Guardian"u8) ? ExpressedBy.Guardian
        : name.SequenceEqual("Agent"u8) ? ExpressedBy.Agent
        : null;

    [Flags]
    private enum Member
    {
        Other = 0,
        Id = 1,
        Subject = 2,
        Notice = 4,
        NoticeHash = 8,
        NoticeRevision = 16,
        Language = 32,
        Purpose = 64,
        Dataset = 128,
        Recipient = 256,
        Fields = 512,
        Kind = 1024,
        State = 2048,
        ValidTo = 4096,
        Required = 8191,
        ValidFrom = 8192,
        ExpressedBy = 16384,
    }
}
