using System.Security.Cryptography;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// Random bytes from the system's generator, drawn a page at a time: a draw costs about the same whether it is 44 bytes or 4,096.
/// What was handed out is wiped here at once, so no key can be read from the reserve that has been used. A reserve a thread, no lock.
/// </summary>
internal static class RandomReserve
{
    private const int Size = 4096;

    [ThreadStatic]
    private static byte[]? _bytes;

    [ThreadStatic]
    private static int _left;

    /// <summary>Fills with bytes that nobody else is given.</summary>
    public static void Fill(Span<byte> destination)
    {
        if (destination.Length > Size)
        {
            RandomNumberGenerator.Fill(destination);
            return;
        }

        // Pinned: a collection that moved it would leave a copy behind, keys of later draws included, that no wipe reaches.
        var bytes = _bytes ??= GC.AllocateUninitializedArray<byte>(Size, pinned: true);
        if (_left < destination.Length)
        {
            _left = 0; // Were the draw to throw, nothing old would be handed out again.
            RandomNumberGenerator.Fill(bytes);
            _left = Size;
        }

        var drawn = bytes.AsSpan(Size - _left, destination.Length);
        _left -= destination.Length;
        drawn.CopyTo(destination);
        CryptographicOperations.ZeroMemory(drawn);
    }
}
