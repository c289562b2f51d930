using System.Security.Cryptography;
using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Keys;

/// <summary>
/// A signing key as a file, a log's or a witness's: one line, the base64 of the 32-byte seed, readable by its owner only. Whoever reads
/// the file can sign in that name; whoever loses it ends the log, or the witness.
/// </summary>
internal static class KeyFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads a log's key. Makes one when there is none and <paramref name="mayCreate"/> says that nothing has been signed yet.</summary>
    /// <exception cref="KeyFileException">The key is missing, malformed, readable by others, or out of reach.</exception>
    public static NoteSigner Open(string path, string name, bool mayCreate) => Open(
        path,
        mayCreate ? null : $"but the log {name} has entries. Restore the key from its backup; a new one would sign a different log.",
        seed => NoteSigner.FromSeed(name, seed));

    /// <summary>Reads a key, and makes one when there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="whyNoNewOne">What has been signed already, and the way out; null when nothing has been and a key may be made.</param>
    /// <param name="use">Takes the seed, which is wiped afterwards.</param>
    /// <exception cref="KeyFileException">The key is missing, malformed, readable by others, or out of reach.</exception>
    public static T Open<T>(string path, string? whyNoNewOne, Func<byte[], T> use)
    {
        try
        {
            return Load(path, whyNoNewOne, use);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"The signing key '{path}' cannot be read or made: {exception.Message}", exception);
        }
    }

    private static T Load<T>(string path, string? whyNoNewOne, Func<byte[], T> use)
    {
        if (!File.Exists(path))
        {
            if (whyNoNewOne is not null)
            {
                throw new KeyFileException($"The signing key '{path}' is missing, {whyNoNewOne}");
            }

            Create(path);
        }

        ThrowIfReadableByOthers(path);
        var seed = Read(path);
        try
        {
            return use(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    // A crash leaves either no key or a whole one: the name appears only after the bytes are durable, and never replaces another.
    private static void Create(string path)
    {
        var temporary = path + ".new";
        var seed = NoteSigner.NewSeed();
        try
        {
            File.Delete(temporary);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(seed) + "\n"));
                FileSync.Flush(file);
            }

            File.Move(temporary, path, overwrite: false);
            DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static void ThrowIfReadableByOthers(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) is var more and not UnixFileMode.None)
        {
            throw new KeyFileException($"The signing key '{path}' is open to others ({more}). Run: chmod 600 '{path}'");
        }
    }

    private static byte[] Read(string path)
    {
        var seed = new byte[NoteSigner.SeedSize];
        var text = File.ReadAllText(path).AsSpan().TrimEnd('\n');
        return Convert.TryFromBase64Chars(text, seed, out var written) && written == seed.Length
            ? seed
            : throw new KeyFileException($"The signing key '{path}' is not the base64 of {NoteSigner.SeedSize} bytes. Restore it from its backup.");
    }
}
