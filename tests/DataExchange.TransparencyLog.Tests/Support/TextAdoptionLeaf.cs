using System.Text;
using DataExchange.TransparencyLog.Adoption;

namespace DataExchange.TransparencyLog.Tests.Support;

/// <summary>A first leaf that can be read in a test.</summary>
internal sealed class TextAdoptionLeaf : IAdoptionLeaf
{
    public ReadOnlyMemory<byte> Write(AdoptedLog adopted, long timeMs) => Encoding.UTF8.GetBytes(
        $"takes the place of {adopted.Origin}, {adopted.Stored.Size} stored, {adopted.Carried} carried, known {string.Join('+', adopted.Known.Select(note => note.Split('\n')[1]))}, {adopted.Reason ?? "no reason"}, {adopted.Order}");
}
