using System.Text;

namespace DataExchange.Contracts.Log;

/// <summary>Reads CBOR items one after the other without copying byte strings.</summary>
internal struct LeafReader(ReadOnlyMemory<byte> source)
{
    private ReadOnlyMemory<byte> _rest = source;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool TryHead(CborMajor major, out long argument)
    {
        var size = CborHead.Read(_rest.Span, major, out argument);
        _rest = _rest[size..];
        return size != 0;
    }

    /// <summary>ASCII text; other text is not a leaf's.</summary>
    public bool TryText(int maxLength, out string text)
    {
        text = "";
        if (!TryHead(CborMajor.TextString, out var length) || length > maxLength || length > _rest.Length
            || !Ascii.IsValid(_rest.Span[..(int)length]))
        {
            return false;
        }

        text = Encoding.ASCII.GetString(_rest.Span[..(int)length]);
        _rest = _rest[(int)length..];
        return true;
    }

    public bool TryBytes(out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (!TryHead(CborMajor.ByteString, out var length) || length > _rest.Length)
        {
            return false;
        }

        bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }
}
