namespace DataExchange.Policy.Subjects;

/// <summary>An erasure that was ordered and is not finished: remembered before anything else is done, so that a start can finish it.</summary>
/// <param name="Id">32 lower-case hexadecimal digits, random; the entry in the governance log carries it too.</param>
/// <param name="Basis">The ground in law, as the entry names it.</param>
/// <param name="Client">The client that ordered it.</param>
/// <param name="Handles">Whose rows are to be destroyed.</param>
public sealed record OrderedErasure(string Id, string Basis, string Client, IReadOnlyList<ReadOnlyMemory<byte>> Handles);
