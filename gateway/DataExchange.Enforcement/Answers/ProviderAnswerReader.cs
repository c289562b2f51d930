using System.Text.Json;
using DataExchange.Enforcement.Exchanges;

namespace DataExchange.Enforcement.Answers;

/// <summary>
/// Reads a <c>ProviderAnswer</c> where it lies, without a tree: every member once and no other, echo of dataset, revision and subject,
/// and of the record exactly the fields asked for, each a value that its field allows.
/// </summary>
internal ref struct ProviderAnswerReader(ReadOnlySpan<byte> answer, Judgement asked, FieldSlot[] slots)
{
    [Flags]
    private enum Member
    {
        None = 0,
        Dataset = 1,
        Revision = 2,
        Subject = 4,
        Record = 8,
        All = Dataset | Revision | Subject | Record,
    }

    private readonly ReadOnlySpan<byte> _answer = answer;
    private Utf8JsonReader _reader = new(answer, new JsonReaderOptions { MaxDepth = 8 });
    private Member _seen;
    private bool _otherSubject;

    public static AnswerFault Read(ReadOnlySpan<byte> json, Judgement asked, FieldSlot[] slots)
    {
        try
        {
            var reader = new ProviderAnswerReader(json, asked, slots);
            return reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, not UTF-8, or half an escape.
            return AnswerFault.Schema;
        }
    }

    private AnswerFault Read()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            return AnswerFault.Schema;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = Name();
            if (member == Member.None || (_seen & member) != 0)
            {
                return AnswerFault.Schema;
            }

            _seen |= member;
            _reader.Read();
            if (!ReadMember(member))
            {
                return AnswerFault.Schema;
            }
        }

        // What follows the last brace makes the reader throw.
        if (_reader.Read() || _seen != Member.All)
        {
            return AnswerFault.Schema;
        }

        return _otherSubject ? AnswerFault.OtherSubject : CheckValues();
    }

    private readonly Member Name() =>
        _reader.ValueTextEquals("dataset"u8) ? Member.Dataset
        : _reader.ValueTextEquals("revision"u8) ? Member.Revision
        : _reader.ValueTextEquals("subject"u8) ? Member.Subject
        : _reader.ValueTextEquals("record"u8) ? Member.Record
        : Member.None;

    private bool ReadMember(Member member) => member switch
    {
        Member.Dataset => _reader.TokenType == JsonTokenType.String && _reader.ValueTextEquals(asked.Request.Dataset),
        Member.Revision => _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var revision) && revision == asked.Dataset!.Revision,
        Member.Subject => ReadSubject(),
        _ => ReadRecord(),
    };

    private bool ReadSubject()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        bool scheme = false, value = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isScheme = _reader.ValueTextEquals("scheme"u8);
            ref var seen = ref isScheme ? ref scheme : ref value;
            if (seen || (!isScheme && !_reader.ValueTextEquals("value"u8)))
            {
                return false;
            }

            seen = true;
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.String)
            {
                return false;
            }

            _otherSubject |= !_reader.ValueTextEquals(isScheme ? asked.Subject.Scheme : asked.Subject.Value);
        }

        return scheme && value;
    }

    private bool ReadRecord()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            // A field nobody asked for is refused, not dropped: a provider that sends more than it may is a fault to be seen.
            if (FindSlot() is not { Found: false } slot)
            {
                return false;
            }

            _reader.Read();
            if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                return false;
            }

            slot.Set((int)_reader.TokenStartIndex..(int)_reader.BytesConsumed);
        }

        return true;
    }

    private readonly FieldSlot? FindSlot()
    {
        foreach (var slot in slots)
        {
            if (_reader.ValueTextEquals(slot.Field.Name))
            {
                return slot;
            }
        }

        return null;
    }

    private readonly AnswerFault CheckValues()
    {
        foreach (var slot in slots)
        {
            if (!slot.Found || !FieldValue.IsAllowed(_answer[slot.Value], slot.Field))
            {
                return AnswerFault.Schema;
            }
        }

        return AnswerFault.None;
    }
}
