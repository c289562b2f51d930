using System.Buffers.Text;
using System.Security.Cryptography;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;
using DataExchange.Policy.Signatures;

namespace DataExchange.Policy.Members;

/// <summary>What a member's record may say: in a founding file, in a proposal, and where the member changes it itself.</summary>
internal static class MemberRules
{
    /// <summary>What is wrong with the record alone.</summary>
    public static void Check(Member member, string path, FoundingFaults faults)
    {
        faults.RequireCode(member.Code, path + ".code");
        faults.RequireNames(member.Names, path + ".names");
        CheckClients(member.Clients, path + ".clients", faults);
        faults.Require(MemberKeys.TryRead(member, out _), path + ".keys", "is no JWKS of EC P-256 public keys with a 'kid' each; see RFC 7517.");
    }

    public static void CheckClients(IReadOnlyList<ClientRegistration> clients, string path, FoundingFaults faults)
    {
        foreach (var client in clients)
        {
            faults.RequireText(client.ClientId, path);
            faults.Require(
                client.CertificateThumbprint is null || IsThumbprint(client.CertificateThumbprint), path,
                $"'{client.CertificateThumbprint}' is no thumbprint; write the SHA-256 of the certificate, base64url without padding.");
        }
    }

    /// <summary>What is wrong with the record beside those of the other members, and beside the keys that the member had before.</summary>
    public static void CheckBeside(Member member, MemberRegister members, string path, FoundingFaults faults)
    {
        faults.RequireUnique(member.Clients.Select(client => client.ClientId), path + ".clients");
        foreach (var (client, other) in Taken(member, members))
        {
            faults.Add(path + ".clients", $"'{client}' is registered to {other}; a client acts for one member.");
        }

        foreach (var id in MemberKey.Reused(members.Find(member.Code), member))
        {
            faults.Add(path + ".keys", $"'{id}' was the id of another key, or of one that is retired; give the key an id of its own.");
        }
    }

    /// <summary>Clients that are another member's.</summary>
    public static IEnumerable<(string Client, string Other)> Taken(Member member, MemberRegister members) => member.Clients
        .Select(client => (client.ClientId, Owner: members.FindByClient(client.ClientId)?.Member.Code))
        .Where(client => client.Owner is not null && client.Owner != member.Code)
        .Select(client => (client.ClientId, client.Owner!));

    /// <summary>In the one spelling that tokens use: another would lock the client out without a word.</summary>
    private static bool IsThumbprint(string text) =>
        Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { Length: SHA256.HashSizeInBytes } hash && Base64Url.EncodeToString(hash) == text;
}
