using System.Text.Json;
using DataExchange.Contracts.Records;

namespace DataExchange.Enforcement.Requests;

/// <summary>
/// Reads a <c>RecordQuery</c> where it lies: one object, every member at most once and no unknown one, the required ones all there.
/// Written out because every exchange starts with it; what it takes is what <c>contracts/openapi/v1.json</c> describes.
/// </summary>
internal ref struct QueryReader(ReadOnlySpan<byte> json)
{
    [Flags]
    private enum Member
    {
        None = 0,
        Subject = 1,
        Purpose = 2,
        Fields = 4,
        Case = 8,
        Mandate = 16,
        BreakGlass = 32,
        Required = Subject | Purpose | Fields,
    }

    private Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = 8 });
    private Member _seen;
    private SubjectRef? _subject;
    private string? _purpose;
    private List<string>? _fields;
    private string? _case;
    private string? _mandate;
    private string? _breakGlass;

    /// <summary>Bytes read so far: where it went wrong.</summary>
    public readonly int Position => (int)_reader.BytesConsumed;

    /// <summary>The query; null when it is JSON of another shape.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="InvalidOperationException">A text is not Unicode.</exception>
    public RecordQuery? Read()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = Name();
            if (member == Member.None || (_seen & member) != 0)
            {
                return null;
            }

            _seen |= member;
            _reader.Read();
            if (!ReadMember(member))
            {
                return null;
            }
        }

        // What follows the last brace makes the reader throw.
        return _reader.Read() || (_seen & Member.Required) != Member.Required
            ? null
            : new RecordQuery { Subject = _subject!, Purpose = _purpose!, Fields = _fields!, Case = _case, Mandate = _mandate, BreakGlass = _breakGlass };
    }

    private readonly Member Name() =>
        _reader.ValueTextEquals("subject"u8) ? Member.Subject
        : _reader.ValueTextEquals("purpose"u8) ? Member.Purpose
        : _reader.ValueTextEquals("fields"u8) ? Member.Fields
        : _reader.ValueTextEquals("case"u8) ? Member.Case
        : _reader.ValueTextEquals("mandate"u8) ? Member.Mandate
        : _reader.ValueTextEquals("breakGlass"u8) ? Member.BreakGlass
        : Member.None;

    private bool ReadMember(Member member) => member switch
    {
        Member.Subject => ReadSubject(),
        Member.Purpose => ReadText(out _purpose),
        Member.Fields => ReadFields(),
        Member.Case => _reader.TokenType == JsonTokenType.Null || ReadText(out _case),
        Member.Mandate => _reader.TokenType == JsonTokenType.Null || ReadText(out _mandate),
        Member.BreakGlass => _reader.TokenType == JsonTokenType.Null || ReadText(out _breakGlass),
        _ => false,
    };

    private bool ReadSubject()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        string? scheme = null, value = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isScheme = _reader.ValueTextEquals("scheme"u8);
            if (!isScheme && !_reader.ValueTextEquals("value"u8))
            {
                return false;
            }

            ref var member = ref isScheme ? ref scheme : ref value;
            var repeated = member is not null;
            _reader.Read();
            if (repeated || !ReadText(out member))
            {
                return false;
            }
        }

        _subject = scheme is null || value is null ? null : new SubjectRef(scheme, value);
        return _subject is not null;
    }

    private bool ReadFields()
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        _fields = [];
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (!ReadText(out var field))
            {
                return false;
            }

            _fields.Add(field!);
        }

        return true;
    }

    private readonly bool ReadText(out string? text)
    {
        text = _reader.TokenType == JsonTokenType.String ? _reader.GetString() : null;
        return text is not null;
    }
}
