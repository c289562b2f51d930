using System.Globalization;
using DataExchange.Merkle;

namespace DataExchange.Witness;

/// <summary>The settings once they are known to be right.</summary>
/// <param name="Name">Name of the witness and its key.</param>
/// <param name="Folder">Full path of its folder.</param>
/// <param name="Listen">Where it listens.</param>
/// <param name="Prefix">Empty, or starts with a slash and does not end in one.</param>
/// <param name="Logs">The trusted keys of each log, by origin.</param>
internal sealed record WitnessSettings(
    string Name, string Folder, string Listen, string Prefix, IReadOnlyDictionary<string, IReadOnlyList<NoteVerifier>> Logs)
{
    private const string Section = "Witness";
    private const int MaxKeys = 16;

    /// <exception cref="WitnessRefusedException">Something is missing or wrong; all of it is listed, each with its key, its value and the way out.</exception>
    public static WitnessSettings From(WitnessOptions options)
    {
        var errors = new List<string>();
        Check(CheckpointCosigner.IsName(options.Name), nameof(options.Name), options.Name,
            "Name the witness by a URL without scheme, for instance witness.example/civil-affairs: no spaces, no '+'.");
        Check(options.Folder.Trim().Length > 0, nameof(options.Folder), options.Folder, "Name the folder that holds the witness's key and state.");
        Check(IsAddress(options.Listen), nameof(options.Listen), options.Listen, "Give http://, an address and a port, for instance http://127.0.0.1:5090. TLS comes from a proxy in front, or from Kestrel:Endpoints with its certificate.");
        Check(IsPrefix(options.Prefix), nameof(options.Prefix), options.Prefix,
            "Leave it empty, or begin with '/' and use letters, digits, '-', '_', '.' and single slashes, for instance /witness.");
        var logs = ReadLogs(options, errors);
        return errors.Count > 0
            ? throw WitnessRefusedException.OfSettings(errors)
            : new WitnessSettings(options.Name, Path.GetFullPath(options.Folder), options.Listen, options.Prefix, logs);

        void Check(bool isRight, string key, string value, string wayOut)
        {
            if (!isRight)
            {
                errors.Add(value.Length == 0 ? $"{Section}:{key} is missing. {wayOut}" : $"{Section}:{key} is '{value}'. {wayOut}");
            }
        }
    }

    private static Dictionary<string, IReadOnlyList<NoteVerifier>> ReadLogs(WitnessOptions options, List<string> errors)
    {
        var logs = new Dictionary<string, IReadOnlyList<NoteVerifier>>();
        if (options.Logs.Count == 0)
        {
            errors.Add($"{Section}:Logs is empty. Name at least one log: {Section}:Logs:0:Origin and, as {Section}:Logs:0:Keys:0, its verifier key "
                + "(a gateway serves it at /log/access/vkey; get it by a way you trust).");
        }

        for (var i = 0; i < options.Logs.Count; i++)
        {
            var (log, key) = (options.Logs[i], string.Create(CultureInfo.InvariantCulture, $"{Section}:Logs:{i}"));
            if (log.Origin.Length == 0 || log.Origin.Any(char.IsControl))
            {
                errors.Add($"{key}:Origin is '{log.Origin}'. Write the first line of the log's checkpoints, for instance demo.example/access.");
            }
            else if (!logs.TryAdd(log.Origin, ReadKeys(log, key, errors)))
            {
                errors.Add($"{key}:Origin is '{log.Origin}', which another entry has already. Put all keys of a log into one entry.");
            }
        }

        return logs;
    }

    private static List<NoteVerifier> ReadKeys(WitnessedLogOptions log, string key, List<string> errors)
    {
        var keys = new List<NoteVerifier>();
        if (log.Keys.Count is 0 or > MaxKeys)
        {
            errors.Add($"{key}:Keys has {log.Keys.Count} entries. Give the log's verifier key as {key}:Keys:0, and at most {MaxKeys} in all.");
        }

        for (var i = 0; i < log.Keys.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{key}:Keys:{i}");
            if (!NoteVerifier.TryParse(log.Keys[i], out var verifier) || verifier.Type != NoteKeyType.Ed25519)
            {
                errors.Add($"{name} is '{log.Keys[i]}'. Write the log's verifier key: name+8 hexadecimal digits+base64, of an Ed25519 key (type 1).");
            }
            else if (keys.Exists(other => other.Name == verifier.Name && other.KeyId == verifier.KeyId))
            {
                errors.Add($"{name} is '{log.Keys[i]}', which stands there already. Remove it.");
            }
            else
            {
                keys.Add(verifier);
            }
        }

        return keys;
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && address.AbsolutePath == "/" && address.Query.Length == 0;

    private static bool IsPrefix(string text) =>
        text.Length == 0
        || (text[0] == '/' && text[^1] != '/' && !text.Contains("//", StringComparison.Ordinal)
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.'));
}
