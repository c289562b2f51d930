using System.Buffers.Text;
using System.Security.Cryptography;
using DataExchange.Policy.Model;
using DataExchange.Policy.Signatures;

namespace DataExchange.Policy.Founding;

/// <summary>Rules about the region, its members and its purposes.</summary>
internal static class RegionRules
{
    public static void Check(FoundingDocument document, FoundingFaults faults)
    {
        faults.Require(
            document.Region.Length is > 0 and <= 100 && document.Region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-'),
            "$.region", $"'{document.Region}' is no region name; use lower-case letters, digits, dots and hyphens.");
        faults.RequireNames(document.Names, "$.names");
        faults.RequireUnique(document.Members.Select(m => m.Code), "$.members");
        faults.RequireUnique(document.Purposes.Select(p => p.Code), "$.purposes");
        faults.RequireUnique(document.Members.SelectMany(m => m.Clients).Select(c => c.ClientId), "$.members[*].clients");
        faults.Require(document.Members.Count(m => m.DataAuthority) <= 1, "$.members", "more than one member is the data authority; name one.");

        if (document.Witnesses is { } witnesses)
        {
            faults.Require(witnesses.Mode != WitnessRequirement.None, "$.witnesses.mode", "is missing; use Async or Required.");
            faults.RequireText(witnesses.Policy, "$.witnesses.policy");
        }

        for (var i = 0; i < document.Members.Count; i++)
        {
            CheckMember(document.Members[i], $"$.members[{i}]", faults);
        }

        for (var i = 0; i < document.Purposes.Count; i++)
        {
            CheckPurpose(document, document.Purposes[i], $"$.purposes[{i}]", faults);
        }
    }

    private static void CheckMember(Member member, string path, FoundingFaults faults)
    {
        faults.RequireCode(member.Code, path + ".code");
        faults.RequireNames(member.Names, path + ".names");
        foreach (var client in member.Clients)
        {
            faults.RequireText(client.ClientId, path + ".clients");
            faults.Require(
                client.CertificateThumbprint is null || IsThumbprint(client.CertificateThumbprint), path + ".clients",
                $"'{client.CertificateThumbprint}' is no thumbprint; write the SHA-256 of the certificate, base64url without padding.");
        }

        faults.Require(MemberKeys.TryRead(member, out _), path + ".keys", "is no JWKS of EC P-256 public keys with a 'kid' each; see RFC 7517.");
    }

    /// <summary>In the one spelling that tokens use: another would lock the client out without a word.</summary>
    private static bool IsThumbprint(string text) =>
        Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { Length: SHA256.HashSizeInBytes } hash && Base64Url.EncodeToString(hash) == text;

    private static void CheckPurpose(FoundingDocument document, Purpose purpose, string path, FoundingFaults faults)
    {
        faults.RequireCode(purpose.Code, path + ".code");
        faults.RequireNames(purpose.Names, path + ".names");
        faults.RequireText(purpose.Service, path + ".service");
        faults.Require(purpose.RetentionDays > 0, path + ".retentionDays", $"{purpose.RetentionDays} is no term; give days, at least 1.");
        foreach (var (code, fields) in purpose.Limits)
        {
            var dataset = document.Datasets.FirstOrDefault(d => d.Code == code);
            faults.Require(dataset is not null, $"{path}.limits", $"'{code}' is no dataset of this file.");
            foreach (var field in fields.Where(f => dataset is not null && dataset.FindField(f) is null))
            {
                faults.Add($"{path}.limits['{code}']", $"'{field}' is no field of {code}.");
            }
        }
    }
}
