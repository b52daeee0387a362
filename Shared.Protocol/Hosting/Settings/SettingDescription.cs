using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>Says in words what an option may hold. Error messages and the check of the documentation use the same words.</summary>
public static class SettingDescription
{
    /// <summary>What a property of an options class may hold, e.g. <c>1 to 65535</c> or <c>text or json</c>; null where any text may stand.</summary>
    public static string? Allowed(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        foreach (ValidationAttribute attribute in property.GetCustomAttributes<ValidationAttribute>())
        {
            switch (attribute)
            {
                case RangeAttribute range:
                    return string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}");
                case ZeroOrRangeAttribute range:
                    return string.Create(CultureInfo.InvariantCulture, $"0, or {range.Minimum} to {range.Maximum}");
                case AllowedValuesAttribute allowed:
                    return JoinOr(allowed.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "nothing"));
            }
        }

        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(bool) ? "true or false" : type.IsEnum ? JoinOr(EnumNames(type).Keys) : null;
    }

    /// <summary>A value as it is written in a configuration: <c>true</c>, <c>text</c>, <c>1234</c>; empty for null.</summary>
    public static string Show(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        Enum member => EnumNames(member.GetType()).First(pair => pair.Value.Equals(member)).Key,
        IEnumerable<string> list => string.Join(',', list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>What stands in place of a secret.</summary>
    internal const string Mask = "********";

    // An options class that forgot the attribute must not give its secret away.
    private static readonly string[] s_secretNames = ["Password", "Secret", "Token", "ConnectionString", "GameMasters"];

    /// <summary>Whether nobody is to see the option's value: it says so, or its name does.</summary>
    public static bool IsSecret(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return property.IsDefined(typeof(SecretAttribute))
            || s_secretNames.Any(name => property.Name.EndsWith(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a running daemon takes the option over on SIGHUP.</summary>
    public static bool IsReloadable(Type type, PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsDefined(typeof(ReloadableAttribute)) || property.IsDefined(typeof(ReloadableAttribute));
    }

    /// <summary>As <see cref="Show"/>, but for what nobody is to see.</summary>
    public static string ShowUnlessSecret(PropertyInfo property, object? value)
    {
        string shown = Show(value);
        return shown.Length > 0 && IsSecret(property) ? Mask : shown;
    }

    /// <summary>The names a configuration uses for an enumeration: <see cref="EnumMemberAttribute.Value"/>, else the member's name in lower case.</summary>
    internal static IReadOnlyDictionary<string, object> EnumNames(Type type)
    {
        Dictionary<string, object> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            names[field.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? field.Name.ToLowerInvariant()] = field.GetValue(null)!;
        }

        return names;
    }

    private static string JoinOr(IEnumerable<string> items)
    {
        string[] all = [.. items];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }
}
