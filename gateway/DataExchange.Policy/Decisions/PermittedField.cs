using DataExchange.Policy.Model;

namespace DataExchange.Policy.Decisions;

/// <summary>A field that may leave.</summary>
public sealed record PermittedField(string Name, FieldType Type, FieldTransform Transform, int? RangeWidth, LegalBasis Basis, string? ConsentId);
