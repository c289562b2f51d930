using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace DataExchange.Contracts.Log;

/// <summary>
/// Writes a JSON value straight in its canonical form (RFC 8785), forward only. Names must come in their canonical order, by
/// UTF-16 code units; the writer does not sort them, it refuses. So a record that is written once is canonical, or not written.
/// </summary>
/// <remarks>After an exception the output is incomplete: discard it. Not safe for concurrent use.</remarks>
public sealed class CanonicalJsonWriter(IBufferWriter<byte> output)
{
    /// <summary>How deeply arrays and objects may nest.</summary>
    public const int MaxDepth = 64;

    private Level[] _levels = new Level[6]; // Records nest five deep; more makes it grow.
    private int _depth;
    private bool _named;

    /// <summary>Whether exactly one value has been written and nothing is left open.</summary>
    public bool IsComplete => _depth == 0 && _levels[0].HasMembers;

    /// <summary>Starts an object.</summary>
    public void WriteStartObject() => Open('{', isObject: true);

    /// <summary>Ends the object.</summary>
    public void WriteEndObject() => Close('}', isObject: true);

    /// <summary>Starts an array.</summary>
    public void WriteStartArray() => Open('[', isObject: false);

    /// <summary>Ends the array.</summary>
    public void WriteEndArray() => Close(']', isObject: false);

    /// <summary>The name of the member whose value comes next.</summary>
    /// <exception cref="FormatException">The name stands there already, or has a lone surrogate.</exception>
    /// <exception cref="InvalidOperationException">The name sorts before the last one, or no name is due here.</exception>
    public void WritePropertyName(string name)
    {
        ref var level = ref _levels[_depth];
        if (!level.IsObject || _named)
        {
            throw new InvalidOperationException("No name is due here.");
        }

        if (level.LastName is { } last)
        {
            switch (string.CompareOrdinal(last, name))
            {
                case 0:
                    throw new FormatException("A name stands twice in one object.");
                case > 0:
                    throw new InvalidOperationException($"Canonical order puts '{name}' before '{last}'.");
            }
        }

        CanonicalJsonString.Write(output, name, before: level.LastName is null ? (byte)0 : (byte)',', after: (byte)':');
        level.LastName = name;
        _named = true;
    }

    /// <summary>A string.</summary>
    /// <exception cref="FormatException">It has a lone surrogate.</exception>
    public void WriteStringValue(ReadOnlySpan<char> value) => CanonicalJsonString.Write(output, value, before: Separator(), after: 0);

    /// <summary>Bytes, as a string of padded base64 (RFC 4648 §4).</summary>
    public void WriteBase64StringValue(ReadOnlySpan<byte> value)
    {
        BeforeValue();
        var destination = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(value.Length) + 2);
        destination[0] = (byte)'"';
        Base64.EncodeToUtf8(value, destination[1..], out _, out var written);
        destination[written + 1] = (byte)'"';
        output.Advance(written + 2);
    }

    /// <summary>An integer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is beyond ±(2⁵³ − 1), where a reader's double may name its neighbour.</exception>
    public void WriteNumberValue(long value)
    {
        BeforeValue();
        CanonicalJsonNumber.Write(output, value);
    }

    /// <summary>A number, as ECMAScript writes it.</summary>
    /// <exception cref="FormatException">NaN or infinite.</exception>
    public void WriteNumberValue(double value)
    {
        BeforeValue();
        CanonicalJsonNumber.Write(output, value);
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public void WriteBooleanValue(bool value)
    {
        BeforeValue();
        Raw(value ? "true"u8 : "false"u8);
    }

    /// <summary><c>null</c>.</summary>
    public void WriteNullValue()
    {
        BeforeValue();
        Raw("null"u8);
    }

    /// <summary>A value that is canonical already, as it stands. Not checked: for what this class or <see cref="CanonicalJson"/> has made.</summary>
    public void WriteCanonicalValue(ReadOnlySpan<byte> canonical)
    {
        BeforeValue();
        Raw(canonical);
    }

    /// <summary>A parsed value; its members are sorted here.</summary>
    /// <exception cref="FormatException">Duplicate names, lone surrogates or a number beyond IEEE 754.</exception>
    public void WriteValue(JsonElement value) => CanonicalJsonElement.Write(this, value);

    private void Open(char bracket, bool isObject)
    {
        BeforeValue();
        if (_depth == MaxDepth)
        {
            throw new FormatException($"More than {MaxDepth} levels.");
        }

        if (++_depth == _levels.Length)
        {
            Array.Resize(ref _levels, _levels.Length * 2);
        }

        _levels[_depth] = new Level { IsObject = isObject };
        Raw((byte)bracket);
    }

    private void Close(char bracket, bool isObject)
    {
        if (_depth == 0 || _named || _levels[_depth].IsObject != isObject)
        {
            throw new InvalidOperationException($"Nothing that '{bracket}' would end is open.");
        }

        _depth--;
        Raw((byte)bracket);
    }

    private void BeforeValue()
    {
        if (Separator() is var separator and not 0)
        {
            Raw(separator);
        }
    }

    /// <summary>Takes note of the value that comes now; returns what has to stand before it, or 0.</summary>
    private byte Separator()
    {
        ref var level = ref _levels[_depth];
        if (level.IsObject != _named || (_depth == 0 && level.HasMembers))
        {
            throw new InvalidOperationException("No value is due here.");
        }

        var separator = level.HasMembers && !level.IsObject ? (byte)',' : (byte)0;
        level.HasMembers = true;
        _named = false;
        return separator;
    }

    private void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    private void Raw(byte single)
    {
        output.GetSpan(1)[0] = single;
        output.Advance(1);
    }

    private struct Level
    {
        public bool IsObject;
        public bool HasMembers;
        public string? LastName;
    }
}
