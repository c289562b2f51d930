using System.Text;

namespace DataExchange.Contracts.Log;

/// <summary>Writes CBOR items one after the other into memory of the right length.</summary>
internal ref struct LeafWriter(Span<byte> destination)
{
    private Span<byte> _rest = destination;

    public void Head(CborMajor major, long argument) => _rest = _rest[CborHead.Write(_rest, major, argument)..];

    /// <summary>ASCII only, so that characters and bytes count alike.</summary>
    public void Text(string ascii)
    {
        Head(CborMajor.TextString, ascii.Length);
        _rest = _rest[Encoding.ASCII.GetBytes(ascii, _rest)..];
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Head(CborMajor.ByteString, value.Length);
        value.CopyTo(_rest);
        _rest = _rest[value.Length..];
    }
}
