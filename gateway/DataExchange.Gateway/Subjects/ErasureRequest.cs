using DataExchange.Contracts.Records;
using DataExchange.Policy.Erasures;

namespace DataExchange.Gateway.Subjects;

/// <summary>Body of <c>POST /v1/subjects/erase</c>.</summary>
/// <param name="Subjects">Who is to be erased; together they cost what one does.</param>
/// <param name="Basis">Why, in law: it stands in the governance log for ever, and nothing else that was said here does.</param>
public sealed record ErasureRequest(IReadOnlyList<SubjectRef> Subjects, ErasureBasis Basis);

/// <summary>What an erasure came to.</summary>
/// <param name="Id">Its id in the governance log; null when the vault knew none of them, and nothing was entered.</param>
/// <param name="Erased">How many people were erased; the others were not known.</param>
public sealed record ErasureView(string? Id, int Erased);
