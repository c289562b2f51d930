using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Merkle;

/// <summary>Reads C2SP tlog-policy, one line at a time. Names are compared as they are written, without any folding.</summary>
internal sealed class PolicyParser
{
    private const string NoQuorum = "none";

    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyWitness> _witnesses = [];
    private readonly List<PolicyGroup> _groups = [];
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private string? _quorum;

    private PolicyParser()
    {
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out TlogPolicy? policy, [NotNullWhen(false)] out string? fault)
    {
        policy = null;
        fault = Check(text);
        if (fault is not null)
        {
            return false;
        }

        var parser = new PolicyParser();
        var number = 0;
        foreach (var line in text!.Split('\n'))
        {
            number++;
            if (parser.Read(line) is { } wrong)
            {
                fault = $"line {number}: {wrong}";
                return false;
            }
        }

        fault = parser._quorum is null ? "there is no quorum line; 'quorum none' asks for no cosignature" : null;
        policy = parser._quorum is null
            ? null
            : new TlogPolicy(text, parser._logs, parser._witnesses, parser._groups, parser._quorum == NoQuorum ? null : parser._quorum);
        return policy is not null;
    }

    private static string? Check(string? text) =>
        text is null or { Length: > TlogPolicy.MaxLength } ? $"a policy has at most {TlogPolicy.MaxLength} characters"
        : !Utf8.IsEncodable(text) ? "the text is not UTF-8"
        : text.AsSpan().ContainsAnyInRange('\0', '\b') || text.AsSpan().ContainsAnyInRange('\v', '\u001F') || text.Contains('\u007F')
            ? "there is a control character other than tab and newline"
        : null;

    /// <summary>Takes a line; returns what is wrong with it.</summary>
    private string? Read(string line)
    {
        var items = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return items switch
        {
            [] => null,
            [var comment, ..] when comment.StartsWith('#') => null,
            ["log", var vkey] => AddLog(vkey, null),
            ["log", var vkey, var url] => AddLog(vkey, url),
            ["witness", var name, var vkey] => AddWitness(name, vkey, null),
            ["witness", var name, var vkey, var url] => AddWitness(name, vkey, url),
            ["group", var name, var threshold, _, ..] => AddGroup(name, threshold, items[3..]),
            ["quorum", var name] => SetQuorum(name),
            ["log" or "witness" or "group" or "quorum", ..] => $"'{items[0]}' has the wrong number of items",
            _ => $"'{items[0]}' is none of log, witness, group and quorum",
        };
    }

    private string? AddLog(string vkey, string? url)
    {
        if (!NoteVerifier.TryParse(vkey, out var verifier) || verifier.Type != NoteKeyType.Ed25519)
        {
            return $"'{vkey}' is not the key of a log (Ed25519, type 1)";
        }

        if (_logs.Exists(log => log.Verifier.HasSameKey(verifier)))
        {
            return "the key stands at another log already";
        }

        _logs.Add(new PolicyLog(verifier, url));
        return null;
    }

    private string? AddWitness(string name, string vkey, string? url)
    {
        if (!NoteVerifier.TryParse(vkey, out var verifier) || verifier.Type != NoteKeyType.CosignatureV1)
        {
            return $"'{vkey}' is not the key of a witness (cosignature/v1, type 4)";
        }

        if (_witnesses.Exists(witness => witness.Verifier.HasSameKey(verifier)))
        {
            return "the key stands at another witness already";
        }

        _witnesses.Add(new PolicyWitness(name, verifier, url));
        return Define(name);
    }

    private string? AddGroup(string name, string threshold, string[] members)
    {
        foreach (var member in members)
        {
            if (!_defined.Contains(member))
            {
                return $"'{member}' is not defined above";
            }

            // So each witness counts towards the quorum in one way only.
            if (!_members.Add(member))
            {
                return $"'{member}' is a member already; a name can be one once";
            }
        }

        var least = threshold switch
        {
            "all" => members.Length,
            "any" => 1,
            _ => DecimalNumber.TryParse(threshold, out var number) && number <= members.Length ? (int)number : 0,
        };
        if (least < 1)
        {
            return $"'{threshold}' is neither all, any nor a number from 1 to {members.Length}";
        }

        _groups.Add(new PolicyGroup(name, least, members));
        return Define(name);
    }

    private string? SetQuorum(string name)
    {
        if (_quorum is not null)
        {
            return "the quorum is set already";
        }

        _quorum = name;
        return name == NoQuorum || _defined.Contains(name) ? null : $"'{name}' is not defined above";
    }

    private string? Define(string name) =>
        name == NoQuorum ? $"'{NoQuorum}' cannot be defined" : _defined.Add(name) ? null : $"'{name}' is defined already";
}
