using System.Security.Cryptography;
using System.Text;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Personal;

/// <summary>How a queue tells people apart without saying who they are.</summary>
internal static class OpaquePerson
{
    /// <summary>The same 16 hexadecimal characters for the same person; they lead to nobody.</summary>
    public static string Of(SubjectHandle handle) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("dx-person " + handle.Value)).AsSpan(0, 8));
}
